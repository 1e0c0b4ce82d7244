package dev.berth.core;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which version of which service, and in records of which function.
 *
 * @param number from 1, never reused
 */
public record VersionId(String environmentId, String service, int number) {
    private static final Pattern NAME = Pattern.compile("(.+)-(0*[1-9][0-9]{0,8})");

    public VersionId {
        if (number < 1) {
            throw new IllegalArgumentException("number: %d (expected: >= 1)".formatted(number));
        }
    }

    /** HO-3: {@code demo-001}. */
    public String name() {
        return "%s-%03d".formatted(service, number);
    }

    /** The version of this service that is called so; empty if no version could be. */
    public static Optional<VersionId> named(String environmentId, String service, String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && matcher.group(1).equals(service)
                ? Optional.of(new VersionId(environmentId, service, Integer.parseInt(matcher.group(2))))
                        .filter(id -> id.name().equals(name))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return environmentId + "/" + name();
    }
}
