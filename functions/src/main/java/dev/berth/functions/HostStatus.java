package dev.berth.functions;

import dev.berth.core.FunctionVersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * A function host at one moment.
 *
 * @param idleSince when it had loaded its code, or its last invocation ended; empty while it starts or runs something
 * @param invocations that it runs
 * @param memory resident bytes of all its processes, as measured last; 0 if not yet
 */
public record HostStatus(
        String hostId,
        FunctionVersionId version,
        State state,
        long pid,
        Instant startedAt,
        Optional<Instant> idleSince,
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
