package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 over a session id: a token is {@code <id>.<signature>}, both base64url. Thread-safe. */
final class SessionSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST_TOKEN = 256;

    private final SecretKeySpec key;

    SessionSignature(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("key: %d bytes (expected: >= 32)".formatted(key.length));
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    String sign(String id) {
        return id + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(id));
    }

    /** The id, if the token carries our signature. Takes the same time wherever a signature differs. */
    Optional<String> idOf(String token) {
        int dot = token.indexOf('.');
        if (dot <= 0 || token.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        String id = token.substring(0, dot);
        boolean ours = MessageDigest.isEqual(sign(id).getBytes(US_ASCII), token.getBytes(US_ASCII));
        return ours ? Optional.of(id) : Optional.empty();
    }

    private byte[] mac(String id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(id.getBytes(US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is missing from this JDK", e);
        }
    }
}
