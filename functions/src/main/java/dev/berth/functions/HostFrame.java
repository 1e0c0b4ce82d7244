package dev.berth.functions;

/** What a host says. */
sealed interface HostFrame {
    record Loaded(HostLoading loading) implements HostFrame {}

    record Log(HostLog log) implements HostFrame {}

    /** An invocation ended. */
    record Ended(String id, HostOutcome outcome) implements HostFrame {}

    record Retire(String reason) implements HostFrame {}

    record Inspecting(String url) implements HostFrame {}

    /** No debugger can connect where one should. */
    record PortTaken(int port) implements HostFrame {}

    /** The last frame of a host that ends by itself. */
    record Exit(String reason) implements HostFrame {}
}
