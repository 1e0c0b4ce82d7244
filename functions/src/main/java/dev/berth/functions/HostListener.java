package dev.berth.functions;

/** Hears what a host says besides the outcomes. Called on one thread at a time; while a call lasts, nothing more is read. */
interface HostListener {
    /** Those of an invocation come before its outcome, except what it left running. */
    void log(HostLog log);

    /**
     * The host shall get no more invocations; those that run go on.
     *
     * @param reason for people
     */
    void retire(String reason);

    /**
     * The host waits for a debugger before it loads the function.
     *
     * @param url {@code ws://…}
     */
    void inspecting(String url);
}
