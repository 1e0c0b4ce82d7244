package dev.berth.functions;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Phrases that several messages share. */
final class Texts {
    private Texts() {}

    /** {@code 3 seconds}, {@code 1.5 seconds}. */
    static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
        return "%s second%s".formatted(seconds.toPlainString(), seconds.compareTo(BigDecimal.ONE) == 0 ? "" : "s");
    }

    static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    /** @param how it showed */
    static String memoryExceeded(int limit, String how) {
        return "Memory limit exceeded: %d MB (%s). Use less, or set memorySize in config.json.".formatted(limit, how);
    }

    static int mebibytes(long bytes) {
        return Math.toIntExact((bytes + (1 << 20) - 1) >> 20);
    }
}
