package dev.berth.hosting;

import dev.berth.core.Service;
import dev.berth.core.Version;
import java.util.Optional;

/**
 * How a service stands, for the management side.
 *
 * @param version that receives most of the traffic; empty before the first release
 * @param instances also those that only finish the calls they have
 * @param lastFailure why a start failed or an instance ended by itself, until the next start succeeds; of a version
 *     whose instances keep dying, until one has run for a minute
 */
public record ServiceStatus(
        Service service,
        Optional<Version> version,
        State state,
        int instances,
        int inFlight,
        Optional<String> lastFailure) {
    /** Of the version in {@link #version}. {@code FAILING}: none runs, and the last start failed or they keep dying. */
    public enum State {
        ZERO,
        STARTING,
        RUNNING,
        FAILING
    }
}
