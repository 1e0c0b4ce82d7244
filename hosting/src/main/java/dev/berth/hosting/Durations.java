package dev.berth.hosting;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them: {@code 30m}, {@code 1s}. */
final class Durations {
    private Durations() {}

    static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** To whole seconds, at least one. */
    static String rounded(Duration duration) {
        return text(Duration.ofSeconds(Math.max(1, duration.plusMillis(500).toSeconds())));
    }
}
