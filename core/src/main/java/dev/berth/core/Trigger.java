package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Calls a function at times (HO-60). The only type there is: {@code timer}.
 *
 * @param cron seven fields (HO-61), in the time zone of the platform
 */
public record Trigger(String name, String cron) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,59}");

    /** @throws BerthException {@code INVALID_TRIGGER} if the name is none; the expression is read by who runs it */
    public Trigger {
        requireNonNull(cron, "cron is null");
        if (!NAME.matcher(name).matches()) {
            throw new BerthException(new Problem(
                    "INVALID_TRIGGER",
                    "functions",
                    "trigger name: %s (expected: letters, digits, - and _, first a letter, at most 60)".formatted(name),
                    "Correct triggers in config.json and deploy again."));
        }
    }
}
