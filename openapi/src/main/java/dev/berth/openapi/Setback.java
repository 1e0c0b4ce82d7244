package dev.berth.openapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/**
 * A failure to get a token, remembered for a while, so that WeChat is not asked again and again.
 *
 * @param secretDigest of the secret with which it failed: with another one it is tried again at once
 * @param until {@link System#nanoTime}
 * @param isSecretsFault whether it can end by another secret only
 * @param streak how many before it
 */
@SuppressWarnings("ArrayRecordComponent")
record Setback(TokenOutcome outcome, byte[] secretDigest, long until, boolean isSecretsFault, int streak) {
    private static final int[] PAUSES = {1, 2, 4, 5};

    static Duration pause(int streak) {
        return Duration.ofSeconds(PAUSES[Math.min(streak, PAUSES.length - 1)]);
    }

    boolean lasts(long now) {
        return now - until < 0;
    }

    boolean isOf(String secret) {
        return MessageDigest.isEqual(secretDigest, digest(secret));
    }

    static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Setback";
    }
}
