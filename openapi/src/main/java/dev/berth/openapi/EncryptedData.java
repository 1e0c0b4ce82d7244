package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How WeChat hands open data to a page: AES-128-CBC with PKCS#7 padding under the session key, and a SHA-1 signature of
 * what the page may read itself (developers.weixin.qq.com, framework/open-ability/signature).
 */
final class EncryptedData {
    /** Of AES-128, and of its blocks. */
    private static final int BYTES = 16;

    private EncryptedData() {}

    /**
     * @param sessionKey 16 bytes in Base64
     * @return empty when the key is another one, or the data or its initialisation vector were altered. Not every wrong key
     *     shows itself here: what comes out is then no JSON with this app's watermark
     */
    static Optional<byte[]> decrypt(String sessionKey, String encryptedData, String iv) {
        try {
            byte[] key = bytes(sessionKey);
            byte[] vector = bytes(iv);
            if (key.length != BYTES || vector.length != BYTES) {
                return Optional.empty();
            }
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
            return Optional.of(cipher.doFinal(bytes(encryptedData)));
        } catch (IllegalArgumentException | GeneralSecurityException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether {@code signature} is {@code sha1(rawData + session_key)}, in hexadecimal. */
    static boolean isSigned(String sessionKey, String rawData, String signature) {
        String expected = HexFormat.of().formatHex(sha1((rawData + sessionKey).getBytes(UTF_8)));
        return MessageDigest.isEqual(
                expected.getBytes(UTF_8), signature.toLowerCase(Locale.ROOT).getBytes(UTF_8));
    }

    private static byte[] sha1(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 is missing from this JDK", e);
        }
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
