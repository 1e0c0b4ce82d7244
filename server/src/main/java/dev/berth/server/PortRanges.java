package dev.berth.server;

import dev.berth.runtime.process.PortRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key {@code runtime.ports}. */
final class PortRanges {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

    private PortRanges() {}

    /** @throws IllegalArgumentException naming what is expected */
    static PortRange parse(String text) {
        Matcher matcher = FORM.matcher(text);
        try {
            if (matcher.matches()) {
                return new PortRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalArgumentException("ports: %s (expected: such as 20000-29999)".formatted(text));
    }
}
