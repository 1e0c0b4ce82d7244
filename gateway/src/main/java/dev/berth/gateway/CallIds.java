package dev.berth.gateway;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names for calls: to be told apart, not to be guarded. */
final class CallIds {
    private static final int LONGEST = 128;

    private CallIds() {}

    /** CH-28: the caller's own if it is a printable token, else one of the form that clients make. */
    static String callId(String offered, long nowMillis) {
        return isToken(offered)
                ? offered
                : nowMillis + "-" + ThreadLocalRandom.current().nextDouble();
    }

    /** CH-67: 32 hex digits. */
    static String requestId() {
        HexFormat hex = HexFormat.of();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    private static boolean isToken(String value) {
        if (value.isEmpty() || value.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
