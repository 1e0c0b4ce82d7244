package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How WeChat hands open data to a page: AES-128-CBC with PKCS#7 padding under the session key, and for {@code rawData}
 * a signature (developers.weixin.qq.com, framework/open-ability/signature).
 */
final class OpenDataCipher {
    private static final int IV_BYTES = 16;

    /** Both in Base64. */
    record Sealed(String encryptedData, String iv) {}

    private OpenDataCipher() {}

    static Sealed seal(JsonObject data, SessionKey key, Chance chance) {
        byte[] iv = chance.bytes(IV_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.bytes(), "AES"), new IvParameterSpec(iv));
            byte[] sealed = cipher.doFinal(data.encode().getBytes(StandardCharsets.UTF_8));
            return new Sealed(base64(sealed), base64(iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES/CBC", e);
        }
    }

    /** {@code sha1(rawData + session_key)}, in hexadecimal. */
    static String sign(String rawData, SessionKey key) {
        try {
            byte[] signed = (rawData + key.base64()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(signed));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
