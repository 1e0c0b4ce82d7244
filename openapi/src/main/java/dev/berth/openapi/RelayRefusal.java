package dev.berth.openapi;

/**
 * What the relay answers itself, before it is known what WeChat would have said; in the form of OA-23.
 *
 * @param type stable, for programs
 * @param reason for people: what was wrong, and what to do. Printable ASCII, no secret
 * @param endsConnection because nobody can know where the next request begins
 */
record RelayRefusal(int status, String type, String reason, boolean endsConnection) {
    static RelayRefusal malformed(String reason) {
        return new RelayRefusal(400, "BAD_REQUEST", reason, true);
    }

    static RelayRefusal unidentified() {
        return new RelayRefusal(
                407,
                "UNKNOWN_INSTANCE",
                "no credential of a running instance (expected: the one in the http_proxy variable that Berth gives each"
                        + " instance; it ends with its instance)",
                false);
    }

    /** OA-8. */
    static RelayRefusal misdirected(String host) {
        return new RelayRefusal(
                421,
                "NOT_INTERCEPTED",
                "Host: %s (expected: %s; other hosts are not intercepted)".formatted(host, RelayTarget.WECHAT),
                false);
    }

    /** RFC 9110, section 9.3.8: what was sent would come back, and with it the token. */
    static RelayRefusal trace() {
        return new RelayRefusal(
                405, "METHOD_NOT_ALLOWED", "TRACE (expected: a method that an open API knows, such as POST)", true);
    }

    static RelayRefusal tooLarge(long limit) {
        return new RelayRefusal(413, "REQUEST_TOO_LARGE", "the body (expected: <= %d bytes)".formatted(limit), false);
    }

    static RelayRefusal tooSlow(long seconds) {
        return new RelayRefusal(408, "REQUEST_TIMEOUT", "the body did not arrive within %d s".formatted(seconds), true);
    }

    static RelayRefusal unknownExpectation() {
        return new RelayRefusal(417, "EXPECTATION_FAILED", "Expect (expected: 100-continue, or none)", false);
    }

    static RelayRefusal ownAddress() {
        return new RelayRefusal(403, "OWN_ADDRESS", "the target is the relay itself (expected: another host)", false);
    }

    /** @param what did not work, with the host */
    static RelayRefusal unreachable(String what) {
        return new RelayRefusal(502, "HOST_UNREACHABLE", what, false);
    }
}
