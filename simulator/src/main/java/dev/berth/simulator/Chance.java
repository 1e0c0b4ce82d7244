package dev.berth.simulator;

import java.security.SecureRandom;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Everything random in the simulator. With a seed it repeats itself, in every JDK alike ({@link Random} fixes the
 * algorithm); without one nobody can guess it. For use by any thread.
 */
final class Chance {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private volatile Random random;

    Chance(OptionalLong seed) {
        random = randomOf(seed);
    }

    /** Begins again, from this seed. */
    void reseed(OptionalLong seed) {
        random = randomOf(seed);
    }

    /** Letters and digits, such as ids and tokens are made of. */
    String letters(int length) {
        return random.ints(length, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    /** Eight hexadecimal digits. */
    String hex8() {
        return "%08x".formatted(random.nextInt());
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** At least 0, less than 1, evenly spread. */
    double fraction() {
        return random.nextDouble();
    }

    /** From the normal distribution with mean 0 and deviation 1. */
    double gaussian() {
        return random.nextGaussian();
    }

    private static Random randomOf(OptionalLong seed) {
        return seed.isPresent() ? new Random(seed.getAsLong()) : new SecureRandom();
    }
}
