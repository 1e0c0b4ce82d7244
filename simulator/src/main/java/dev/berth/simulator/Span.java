package dev.berth.simulator;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 30s}, {@code 5m}, {@code -2h}, {@code 1d}. */
final class Span {
    private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,9})(ms|s|m|h|d)");

    private Span() {}

    /** @throws IllegalArgumentException when the text is none; the message names it and the form */
    static Duration parse(String text) {
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" (expected: a number and ms, s, m, h or d, such as 30s)".formatted(text));
        }
        long amount = Long.parseLong(found.group(1));
        return switch (found.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    static String text(Duration span) {
        return span.toMillis() % 1000 == 0 ? span.toSeconds() + "s" : span.toMillis() + "ms";
    }
}
