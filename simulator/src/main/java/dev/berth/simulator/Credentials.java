package dev.berth.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** An appid and its secret, as an app's server shows them to the APIs that need no token. */
final class Credentials {
    sealed interface Checked {}

    record Right(App app) implements Checked {}

    record Wrong(WeChatError error) implements Checked {}

    private Credentials() {}

    /** What can be seen wrong without knowing any app. */
    static Optional<WeChatError> flaw(String grantType, String expectedGrantType, String appid, String secret) {
        if (appid.isEmpty()) {
            return Optional.of(WeChatError.APPID_MISSING);
        }
        if (secret.isEmpty()) {
            return Optional.of(WeChatError.APPSECRET_MISSING);
        }
        return grantType.equals(expectedGrantType) ? Optional.empty() : Optional.of(WeChatError.INVALID_GRANT_TYPE);
    }

    static Checked check(Handle handle, String appid, String secret) {
        Optional<App> app = Apps.find(handle, appid);
        if (app.isEmpty()) {
            return new Wrong(WeChatError.INVALID_APPID);
        }
        return same(app.get().secret(), secret) ? new Right(app.get()) : new Wrong(WeChatError.INVALID_APPSECRET);
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
