package dev.berth.functions;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What proves, while an invocation runs, that a request comes from it (AD-18). Unguessable.
 *
 * @param token {@code WX_API_TOKEN}
 * @param secretId {@code TENCENTCLOUD_SECRETID}: letters and digits
 * @param secretKey {@code TENCENTCLOUD_SECRETKEY}, signs (AD-19)
 */
record InvocationSecrets(String token, String secretId, String secretKey) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static InvocationSecrets mint() {
        return new InvocationSecrets(random(), "AKID" + HexFormat.of().formatHex(randomBytes(16)), random());
    }

    private static String random() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(32));
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** They are not to be shown. */
    @Override
    public String toString() {
        return "InvocationSecrets[…]";
    }
}
