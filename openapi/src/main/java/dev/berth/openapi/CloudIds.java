package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * CloudIDs of Berth. Each holds the data it refers to, sealed: AES-256-GCM (NIST SP 800-38D) with a random nonce of 12
 * bytes in front, in Base64 for URLs, behind a prefix that names this form and is authenticated with it. So every node with
 * the same signing key reads them, also after a restart, and nothing is kept. The key is derived by HKDF (RFC 5869).
 * Thread-safe.
 */
final class CloudIds {
    /** What a CloudID of Berth begins with; WeChat's begin with a number. */
    static final String PREFIX = "berth1_";

    private static final int LEAST_KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final ObjectMapper json = new ObjectMapper();
    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    /**
     * What a CloudID refers to, and whom it is bound to.
     *
     * @param data as WeChat gave it, its watermark included; a user's, and not in {@link #toString}
     */
    record Content(String appId, String openId, Instant madeAt, JsonNode data) {
        Content {
            requireNonNull(appId, "appId is null");
            requireNonNull(openId, "openId is null");
            requireNonNull(madeAt, "madeAt is null");
            requireNonNull(data, "data is null");
        }

        @Override
        public String toString() {
            return "Content[appId=%s, openId=%s, madeAt=%s]".formatted(appId, openId, madeAt);
        }
    }

    /** @param signingKey at least 32 random bytes, the same for all nodes and over restarts */
    CloudIds(byte[] signingKey) {
        if (signingKey.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "signingKey: %d bytes (expected: >= %d)".formatted(signingKey.length, LEAST_KEY_BYTES));
        }
        this.key = derive(signingKey);
    }

    private static SecretKey derive(byte[] signingKey) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(signingKey)
                                    .thenExpand(PREFIX.getBytes(US_ASCII), LEAST_KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is missing from this JDK", e);
        }
    }

    static boolean isOurs(String cloudId) {
        return cloudId.startsWith(PREFIX);
    }

    String seal(Content content) {
        byte[] plain = deflate(write(content));
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce);
            byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is missing from this JDK", e);
        }
    }

    /** Empty when it is none of ours: made up, altered, or sealed with another key. */
    Optional<Content> open(String cloudId) {
        if (!isOurs(cloudId)) {
            return Optional.empty();
        }
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(cloudId.substring(PREFIX.length()));
            if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
                return Optional.empty();
            }
            byte[] plain =
                    cipher(Cipher.DECRYPT_MODE, sealed).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return Optional.of(read(inflate(plain)));
        } catch (IllegalArgumentException | GeneralSecurityException altered) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonceFirst) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonceFirst, 0, NONCE_BYTES));
        cipher.updateAAD(PREFIX.getBytes(US_ASCII));
        return cipher;
    }

    private byte[] write(Content content) {
        ObjectNode node = json.createObjectNode()
                .put("app", content.appId())
                .put("user", content.openId())
                .put("at", content.madeAt().toEpochMilli());
        try {
            return json.writeValueAsBytes(node.set("data", content.data()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }

    private Content read(byte[] written) {
        try {
            JsonNode node = json.readTree(written);
            return new Content(
                    node.path("app").asText(),
                    node.path("user").asText(),
                    Instant.ofEpochMilli(node.path("at").asLong()),
                    node.path("data"));
        } catch (IOException e) {
            throw new IllegalStateException("sealed by us, yet not written by us", e);
        }
    }

    private static byte[] deflate(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written", e);
        }
        return out.toByteArray();
    }

    private static byte[] inflate(byte[] bytes) {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return inflater.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("sealed by us, yet not deflated by us", e);
        }
    }
}
