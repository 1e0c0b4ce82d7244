package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.CloudbaseTokens;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cloudbase access tokens: environment, app and end, with an HMAC-SHA256 (OA-26, OA-27). They hold no secret, and are
 * worth nothing to WeChat. Thread-safe.
 */
final class SignedCloudbaseTokens implements CloudbaseTokens {
    /** OA-26. */
    static final Duration VALID = Duration.ofMinutes(30);

    private static final String PREFIX = "bct1.";
    private static final String PURPOSE = "cloudbase-access-token\n";
    private static final int LONGEST = 512;

    private final byte[] key;
    private final InstantSource clock;

    SignedCloudbaseTokens(byte[] key, InstantSource clock) {
        this.key = key.clone();
        this.clock = clock;
    }

    sealed interface Verdict {}

    record Valid(String environmentId, String appId) implements Verdict {}

    record Lapsed(String environmentId) implements Verdict {}

    record Foreign() implements Verdict {}

    @Override
    public String issue(String environmentId, String appId) {
        long end = clock.instant().plus(VALID).getEpochSecond();
        byte[] content = "%s|%s|%d".formatted(environmentId, appId, end).getBytes(UTF_8);
        return PREFIX + encode(content) + "." + encode(sign(content));
    }

    Verdict verify(String token) {
        if (token.length() > LONGEST || !token.startsWith(PREFIX)) {
            return new Foreign();
        }
        String[] parts = token.substring(PREFIX.length()).split("\\.", -1);
        if (parts.length != 2) {
            return new Foreign();
        }
        Optional<byte[]> content = decode(parts[0]);
        Optional<byte[]> signature = decode(parts[1]);
        if (content.isEmpty() || signature.isEmpty() || !MessageDigest.isEqual(sign(content.get()), signature.get())) {
            return new Foreign();
        }
        String[] signed = new String(content.get(), UTF_8).split("\\|", -1);
        Instant end = Instant.ofEpochSecond(Long.parseLong(signed[2]));
        return clock.instant().isBefore(end) ? new Valid(signed[0], signed[1]) : new Lapsed(signed[0]);
    }

    private byte[] sign(byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(PURPOSE.getBytes(UTF_8)); // the key signs other things too
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
