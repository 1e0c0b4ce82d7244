package dev.berth.hosting;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them: {@code 30m}, {@code 1s}. */
final class Durations {
    private Durations() {}

    static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
