package dev.berth.functions;

import java.security.SecureRandom;
import java.util.Base64;

/** What proves to a function host that it is the server that speaks; one for each host. */
record HostKey(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static HostKey random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new HostKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** It is a secret. */
    @Override
    public String toString() {
        return "HostKey[…]";
    }
}
