package dev.berth.openapi;

/** What asking for a token comes to. */
sealed interface TokenOutcome {
    /** @param until by the monotonic clock, in nanoseconds */
    record Had(String value, long until) implements TokenOutcome {
        @Override
        public String toString() {
            return "Had";
        }
    }

    /** There is no secret, or WeChat says that it is wrong. */
    record NoSecret(String reason) implements TokenOutcome {}

    /** Worth trying again. */
    record NotReady(String reason) implements TokenOutcome {}

    /** A renewal that did not bring another token than the one that was called stale. */
    record Unchanged(String reason) implements TokenOutcome {}
}
