package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a function's settings are held against.
 *
 * @param apiNote for people, what is odd about the name of an open API; empty if it is known
 * @param longestTimeLimit of an invocation, on this server; at least one second (HO-54)
 */
record ConfigChecks(CronCheck cron, Function<String, Optional<String>> apiNote, Duration longestTimeLimit) {
    ConfigChecks {
        requireNonNull(cron, "cron is null");
        requireNonNull(apiNote, "apiNote is null");
        if (longestTimeLimit.toSeconds() < 1) {
            throw new IllegalArgumentException("longestTimeLimit: %s (expected: >= 1 s)".formatted(longestTimeLimit));
        }
    }
}
