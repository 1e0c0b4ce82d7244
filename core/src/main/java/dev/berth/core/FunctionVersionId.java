package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which version of which function.
 *
 * @param number from 1, never reused
 */
public record FunctionVersionId(FunctionId function, int number) {
    private static final Pattern NAME = Pattern.compile("(.+)-(0*[1-9][0-9]{0,8})");

    public FunctionVersionId {
        requireNonNull(function, "function is null");
        if (number < 1) {
            throw new IllegalArgumentException("number: %d (expected: >= 1)".formatted(number));
        }
    }

    /** Such as {@code sum-001}. */
    public String name() {
        return "%s-%03d".formatted(function.name(), number);
    }

    /** The version of this function that is called so; empty if no version could be. */
    public static Optional<FunctionVersionId> named(FunctionId function, String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && matcher.group(1).equals(function.name())
                ? Optional.of(new FunctionVersionId(function, Integer.parseInt(matcher.group(2))))
                        .filter(id -> id.name().equals(name))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return function.environmentId() + "/" + name();
    }
}
