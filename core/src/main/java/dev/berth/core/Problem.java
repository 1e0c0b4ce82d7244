package dev.berth.core;

import static java.util.Objects.requireNonNull;

/**
 * What went wrong, for the person who can mend it.
 *
 * @param code stable, for programs: {@code UPPER_SNAKE_CASE}
 * @param component the room that refuses, such as {@code hosting}
 * @param message names the offending and the expected value
 * @param hint what to do next
 */
public record Problem(String code, String component, String message, String hint) {
    public Problem {
        requireNonNull(code, "code is null");
        requireNonNull(component, "component is null");
        requireNonNull(message, "message is null");
        requireNonNull(hint, "hint is null");
    }
}
