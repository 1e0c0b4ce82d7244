package dev.berth.simulator;

import java.util.Base64;

/**
 * The secret that a sign-in gives to the app's server.
 *
 * @param base64 of 16 bytes
 */
record SessionKey(String base64) {
    static final int BYTES = 16;

    SessionKey {
        if (decoded(base64).length != BYTES) {
            throw flawed();
        }
    }

    static SessionKey fresh(Chance chance) {
        return new SessionKey(Base64.getEncoder().encodeToString(chance.bytes(BYTES)));
    }

    byte[] bytes() {
        return decoded(base64);
    }

    /** Without the key, so that no log line can show it. */
    @Override
    public String toString() {
        return "SessionKey";
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw flawed();
        }
    }

    private static IllegalArgumentException flawed() {
        return new IllegalArgumentException("session_key: no such key (expected: %d bytes in Base64)".formatted(BYTES));
    }
}
