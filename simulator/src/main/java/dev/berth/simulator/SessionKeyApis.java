package dev.berth.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether an app still has a user's session key, which it shows by a signature, and another key in its place
 * (developers.weixin.qq.com: checkSessionKey, resetUserSessionKey).
 */
final class SessionKeyApis {
    private static final int INVALID_OPENID = 40003;
    private static final int INVALID_METHOD = 87008;
    private static final int INVALID_SIGNATURE = 87009;

    private SessionKeyApis() {}

    static Reply check(ApiCall call) {
        return checked(call, user -> Reply.ok());
    }

    static Reply reset(ApiCall call) {
        return checked(call, user -> {
            SessionKey key = SessionKey.fresh(call.chance());
            SessionKeys.put(call.handle(), call.app().appid(), user.name(), key, call.now());
            return Reply.json(Reply.okBody().put("openid", call.query("openid")).put("session_key", key.base64()));
        });
    }

    private static Reply checked(ApiCall call, Function<User, Reply> then) {
        Optional<User> user = People.withOpenid(call.handle(), call.app(), call.query("openid"));
        if (user.isEmpty()) {
            return call.denied(INVALID_OPENID);
        }
        if (!call.query("sig_method").equals("hmac_sha256")) {
            return call.denied(INVALID_METHOD);
        }
        return SessionKeys.find(call.handle(), call.app().appid(), user.get().name())
                        .filter(key -> isSignature(call.query("signature"), key))
                        .isPresent()
                ? then.apply(user.get())
                : call.denied(INVALID_SIGNATURE);
    }

    /** Of the empty text; the key is taken as the text it is sent as. */
    private static boolean isSignature(String given, SessionKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.base64().getBytes(StandardCharsets.US_ASCII), mac.getAlgorithm()));
            String expected = HexFormat.of().formatHex(mac.doFinal());
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
