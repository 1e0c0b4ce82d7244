package dev.berth.openapi;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** WeChat's request ids, such as {@code 630db557-6ec13866-055324f6}: the second, and chance. */
final class Rid {
    private Rid() {}

    static String next(InstantSource clock) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "%08x-%08x-%08x".formatted((int) clock.instant().getEpochSecond(), random.nextInt(), random.nextInt());
    }
}
