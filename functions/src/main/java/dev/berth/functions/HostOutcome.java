package dev.berth.functions;

/** How an invocation ended. */
sealed interface HostOutcome {
    /** AD-81. */
    record Done(JsonText result) implements HostOutcome {}

    /** It threw, or its result is nothing that JSON can hold. */
    record Failed(ThrownError error) implements HostOutcome {}

    /**
     * HO-57.
     *
     * @param bytes of the result's JSON text, which was not sent
     */
    record TooLarge(long bytes) implements HostOutcome {}

    /**
     * The host ended first.
     *
     * @param reason for people
     */
    record Gone(String reason) implements HostOutcome {}
}
