package dev.berth.functions;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Phrases that several messages share. */
final class Texts {
    private static final Pattern THROWN = Pattern.compile("\\w*Error\\b");

    /** Of a line of a stack, as hosts show it: file and line, not of a module. */
    private static final Pattern PLACE =
            Pattern.compile("(?m)^ +at .*?(/var/user/(?!node_modules/)[^()\\n]+:\\d+):\\d+\\)?$");

    private Texts() {}

    /** {@code 3 seconds}, {@code 1 second}, {@code 1.5 seconds}. */
    static String seconds(Duration duration) {
        String number = number(duration);
        return "%s second%s".formatted(number, number.equals("1") ? "" : "s");
    }

    /** Of seconds: {@code 3}, {@code 1.5}. */
    static String number(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    /** @param how it showed */
    static String memoryExceeded(int limit, String how) {
        return "Memory limit exceeded: %d MB (%s). Use less, or set memorySize in config.json.".formatted(limit, how);
    }

    /**
     * What was thrown and where in the function's own code, of its stack. That of a {@code SyntaxError} begins with the
     * place and the code there.
     */
    static String thrown(String stack) {
        String first = stack.lines().findFirst().orElse("");
        if (THROWN.matcher(first).lookingAt()) {
            Matcher place = PLACE.matcher(stack);
            return place.find() ? "%s (%s)".formatted(first, place.group(1)) : first;
        }
        return stack.lines()
                .filter(line -> THROWN.matcher(line).lookingAt())
                .findFirst()
                .map(thrown -> "%s (%s)".formatted(thrown, first))
                .orElse(first);
    }

    static int mebibytes(long bytes) {
        return Math.toIntExact((bytes + (1 << 20) - 1) >> 20);
    }
}
