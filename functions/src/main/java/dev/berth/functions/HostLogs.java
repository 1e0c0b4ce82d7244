package dev.berth.functions;

import java.util.Locale;
import java.util.stream.Stream;

/** How a log shows what a function wrote: the level before each line, so that none can pass for one of Berth's. */
final class HostLogs {
    private HostLogs() {}

    static Stream<String> lines(HostLog written) {
        String level = "[" + written.level().name().toLowerCase(Locale.ROOT) + "] ";
        return written.text().isEmpty()
                ? Stream.of(level.strip())
                : written.text().lines().map(line -> level + line);
    }
}
