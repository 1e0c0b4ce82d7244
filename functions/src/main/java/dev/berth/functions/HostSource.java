package dev.berth.functions;

import dev.berth.core.FunctionVersion;
import java.time.Duration;
import java.util.Optional;

/** Where an invocation gets its host from. */
interface HostSource {
    /**
     * Waits for a host.
     *
     * @throws InvocationFailure if none can be had
     */
    HostLease acquire(FunctionVersion version) throws InterruptedException;

    /** How long an invocation may take, if it is bounded. */
    Optional<Duration> timeLimit(FunctionVersion version);
}
