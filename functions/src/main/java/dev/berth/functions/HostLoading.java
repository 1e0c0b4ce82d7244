package dev.berth.functions;

import java.time.Duration;

/** How the loading of the function's code ended. */
sealed interface HostLoading {
    record Loaded(Duration took) implements HostLoading {}

    /** Each invocation of this host fails with the same error. */
    record Failed(ThrownError error, Duration took) implements HostLoading {}

    /** No debugger can connect where one should: nothing is loaded. */
    record PortTaken(int port) implements HostLoading {}

    /**
     * The host ended first.
     *
     * @param reason for people
     */
    record Gone(String reason) implements HostLoading {}
}
