package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What one call of {@code console} wrote, or one line of the standard streams.
 *
 * @param invocation empty for what no invocation wrote: while the code is loaded, or by what that left running
 * @param text may have several lines; at most 64 KiB of UTF-8; without line end
 * @param fields an object, for the structured lines of {@code cloud.logger()} (AD-73)
 */
record HostLog(Optional<String> invocation, Level level, String text, Optional<JsonNode> fields) {
    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
