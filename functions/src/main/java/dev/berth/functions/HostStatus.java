package dev.berth.functions;

import dev.berth.core.FunctionVersionId;
import java.time.Instant;

/**
 * A function host at one moment.
 *
 * @param invocations that it runs
 * @param memory resident bytes of all its processes, as measured last; 0 if not yet
 */
public record HostStatus(
        String hostId,
        FunctionVersionId version,
        State state,
        long pid,
        Instant startedAt,
        int invocations,
        long memory) {
    public enum State {
        STARTING,
        /** Has loaded the function's code, and was never invoked. */
        WARM,
        BUSY,
        /** Was used, and may be used again. */
        IDLE
    }
}
