package dev.berth.simulator;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * An app registered with the simulated WeChat.
 *
 * @param appid {@code wx} followed by 4 to 30 letters and digits
 * @param secret what the app's server shows to WeChat; not empty, at most 128 characters
 * @param unionid whether the app is bound to the open platform, so that a sign-in also tells the user's unionid
 */
public record App(String appid, String secret, AppKind kind, boolean unionid) {
    private static final Pattern APPID = Pattern.compile("wx[0-9A-Za-z]{4,30}");
    private static final int LONGEST_SECRET = 128;

    public App {
        requireNonNull(kind, "kind is null");
        if (!APPID.matcher(appid).matches()) {
            throw new IllegalArgumentException(
                    "appid: \"%s\" (expected: wx and 4 to 30 letters and digits, such as wx1111111111111111)"
                            .formatted(appid));
        }
        if (secret.isEmpty() || secret.length() > LONGEST_SECRET) {
            throw new IllegalArgumentException(
                    "secret: %d characters (expected: 1 to %d)".formatted(secret.length(), LONGEST_SECRET));
        }
    }

    /** A mini program that is bound to the open platform. */
    public static App miniProgram(String appid, String secret) {
        return new App(appid, secret, AppKind.MINI_PROGRAM, true);
    }

    /** Without the secret, so that no log line can show it. */
    @Override
    public String toString() {
        return "App[%s, %s]".formatted(appid, kind);
    }
}
