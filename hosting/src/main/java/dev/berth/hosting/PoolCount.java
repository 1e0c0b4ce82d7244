package dev.berth.hosting;

import java.util.Optional;

/**
 * How a {@link VersionPool} stands at one moment.
 *
 * @param instances that have a process: also those that are leaving, not those that start
 */
record PoolCount(ServiceStatus.State state, int instances, int inFlight, Optional<String> lastFailure) {}
