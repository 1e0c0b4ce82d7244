package dev.berth.openapi;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Addresses {@code 127.77.x.y}, one for each instance. One that was given back is given out again after all others, and
 * each server begins at another place, so that servers on one machine seldom meet. Thread-safe.
 */
final class LoopbackAddresses {
    /** Not for an instance: to try out which ports can be had. */
    static final String PROBE = "127.77.0.1";

    private static final String NETWORK = "127.77.";
    private static final int FIRST = 2;
    private static final int LAST = 0xfffe;

    private final Set<Integer> used = new HashSet<>();
    private int next;

    LoopbackAddresses(RandomGenerator random) {
        this.next = random.nextInt(FIRST, LAST + 1);
    }

    /** Empty if all are in use. */
    synchronized Optional<String> take() {
        for (int tried = FIRST; tried <= LAST; tried++) {
            int candidate = next;
            next = candidate == LAST ? FIRST : candidate + 1;
            if (used.add(candidate)) {
                return Optional.of(NETWORK + (candidate >> 8) + "." + (candidate & 0xff));
            }
        }
        return Optional.empty();
    }

    synchronized void giveBack(String address) {
        String[] parts = address.split("\\.", -1);
        used.remove((Integer.parseInt(parts[2]) << 8) | Integer.parseInt(parts[3]));
    }

    /** Whether the relay itself may be behind it. */
    static boolean contains(byte[] address) {
        return address.length == 4 && address[0] == 127 && address[1] == 77;
    }
}
