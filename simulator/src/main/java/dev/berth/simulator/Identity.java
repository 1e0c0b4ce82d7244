package dev.berth.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The ids by which WeChat names a user to an app. Both are {@code o} and 27 characters of base64url, as WeChat's are,
 * and follow from the names alone: alice has the same openid on every machine, so that tests may quote it.
 */
final class Identity {
    private static final int LENGTH_AFTER_O = 27;

    private Identity() {}

    /** Differs from app to app. */
    static String openid(String appid, String user) {
        return id("openid\n" + appid + "\n" + user);
    }

    /** The same in all apps; all simulated apps belong to one open platform account. */
    static String unionid(String user) {
        return id("unionid\n" + user);
    }

    private static String id(String source) {
        byte[] digest = sha256().digest(source.getBytes(StandardCharsets.UTF_8));
        return "o" + Base64.getUrlEncoder().encodeToString(digest).substring(0, LENGTH_AFTER_O);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
