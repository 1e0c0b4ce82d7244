package dev.berth.functions;

import dev.berth.core.SecretText;
import java.security.SecureRandom;

/**
 * What proves, while an invocation runs, that a request comes from it (AD-18). Unguessable; no log shows them, for they are
 * {@link SecretText}.
 *
 * @param token {@code WX_API_TOKEN}
 * @param secretId {@code TENCENTCLOUD_SECRETID}: letters and digits
 * @param secretKey {@code TENCENTCLOUD_SECRETKEY}, signs (AD-19)
 */
record InvocationSecrets(String token, String secretId, String secretKey) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static InvocationSecrets mint() {
        return new InvocationSecrets(random(), "AKID" + random(), random());
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return SecretText.of(bytes);
    }

    /** They are not to be shown. */
    @Override
    public String toString() {
        return "InvocationSecrets[…]";
    }
}
