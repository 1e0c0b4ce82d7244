package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.Caller;
import dev.berth.core.OpenData;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What WeChat gives to a page: made here as WeChat makes it. */
final class Page {
    static final String APP = "wx1111111111111111";
    static final String OTHER_APP = "wx2222222222222222";
    static final Caller ALICE = new Caller(APP, "o-alice", Optional.empty());
    static final String SESSION_KEY = "tiihtNczf5v6AKRyjwEUhQ==";
    static final String OTHER_KEY = "HyVFkGl5F5OQWJZZaNzBBg==";
    static final String PHONE =
            "{\"phoneNumber\":\"13800138000\",\"purePhoneNumber\":\"13800138000\",\"countryCode\":\"86\",\"watermark\":{\"timestamp\":1700000000,\"appid\":\"wx1111111111111111\"}}";

    private static final String IV = "r7BXXKkLb8qrSNn05n0qiA==";

    private Page() {}

    static OpenData.Given phone() {
        return encrypted(PHONE);
    }

    /** The same, as WeChat gives it to a page of another app. */
    static OpenData.Given phoneIn(String appId) {
        return encrypted(PHONE.replace(APP, appId));
    }

    static OpenData.Given encrypted(String plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(decode(SESSION_KEY), "AES"),
                    new IvParameterSpec(decode(IV)));
            byte[] sealed = cipher.doFinal(plain.getBytes(UTF_8));
            return new OpenData.Given(Base64.getEncoder().encodeToString(sealed), IV, Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
