package dev.berth.hosting;

import dev.berth.core.Endpoint;
import dev.berth.core.VersionId;
import java.time.Instant;

/**
 * An instance, for the management side.
 *
 * @param pid 0 while {@code STARTING}
 * @param endpoint with port 0 while {@code STARTING}, unless the port is fixed
 * @param startedAt when it became ready; while {@code STARTING}, when the start was decided
 * @param inFlight its outstanding calls, open WebSockets included
 */
public record InstanceStatus(
        String id, VersionId version, State state, long pid, Endpoint endpoint, Instant startedAt, int inFlight) {
    public enum State {
        /** Not ready yet, perhaps still queued behind the starts of other services. */
        STARTING,
        RUNNING,
        /** A connection to it broke; it is being looked at and gets no calls meanwhile. */
        SUSPECTED,
        /** Gets no new calls, and stops when those it has have ended. */
        LEAVING
    }
}
