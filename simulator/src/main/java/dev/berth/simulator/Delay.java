package dev.berth.simulator;

import java.time.Duration;

/**
 * How long an answer is held back: always the same with {@code sigma} 0, else log-normally spread around the median, as
 * the latency of real networks is, and never longer than {@code max}.
 *
 * @param sigma the deviation of the delay's logarithm; 0 to 10
 */
record Delay(Duration median, double sigma, Duration max) {
    static final Duration LONGEST = Duration.ofMinutes(10);
    static final Delay NONE = new Delay(Duration.ZERO, 0, Duration.ZERO);

    Delay {
        if (median.isNegative() || max.isNegative() || max.compareTo(LONGEST) > 0 || median.compareTo(max) > 0) {
            throw new IllegalArgumentException("delay: median %s, max %s (expected: 0 <= median <= max <= %s)"
                    .formatted(Span.text(median), Span.text(max), Span.text(LONGEST)));
        }
        if (!(sigma >= 0 && sigma <= 10)) {
            throw new IllegalArgumentException("delay.sigma: %s (expected: 0 to 10)".formatted(sigma));
        }
    }

    Duration drawn(Chance chance) {
        if (sigma == 0) {
            return median;
        }
        double millis = median.toMillis() * Math.exp(sigma * chance.gaussian());
        return Duration.ofMillis(Math.round(Math.min(millis, (double) max.toMillis())));
    }
}
