package dev.berth.hosting;

import dev.berth.core.Endpoint;
import dev.berth.core.VersionId;
import java.time.Instant;

/**
 * A running instance, for the management side.
 *
 * @param state {@code LEAVING}: gets no new calls, and stops when those it has have ended
 */
public record InstanceStatus(
        String id, VersionId version, State state, long pid, Endpoint endpoint, Instant startedAt, int inFlight) {
    public enum State {
        RUNNING,
        /** A connection to it broke; it is being looked at and gets no calls meanwhile. */
        SUSPECTED,
        LEAVING
    }
}
