package dev.berth.simulator;

import java.time.Instant;

/** The id of a request: {@code <seconds since 1970>-<random>-<random>}, each as eight hexadecimal digits. */
final class Rid {
    private Rid() {}

    static String fresh(Instant now, Chance chance) {
        return "%08x-%s-%s".formatted(now.getEpochSecond(), chance.hex8(), chance.hex8());
    }
}
