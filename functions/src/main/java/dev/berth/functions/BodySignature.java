package dev.berth.functions;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.AdminActions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of wx-server-sdk 1.x, which stands in the field {@code authorization} of the body (AD-21). It covers most of
 * the fields, but no uploaded data. Source: {@code src/utils/auth.js} of tcb-admin-node 1.22.0.
 */
final class BodySignature {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "q-sign-algorithm=sha1&q-ak=([^&]+)&q-sign-time=(\\d+;\\d+)&q-key-time=(\\d+;\\d+)&q-header-list=([^&]*)&q-url-param-list=([^&]*)&q-signature=([0-9a-f]{40})");

    private final String secretId;
    private final String signTime;
    private final String keyTime;
    private final List<String> headers;
    private final List<String> parameters;
    private final String signature;

    private BodySignature(Matcher authorization) {
        secretId = authorization.group(1);
        signTime = authorization.group(2);
        keyTime = authorization.group(3);
        headers = List.of(authorization.group(4).split(";"));
        parameters = List.of(authorization.group(5).split(";"));
        signature = authorization.group(6);
    }

    static Optional<BodySignature> of(AdminFields fields) {
        Matcher authorization = AUTHORIZATION.matcher(fields.text("authorization"));
        return authorization.matches() ? Optional.of(new BodySignature(authorization)) : Optional.empty();
    }

    String secretId() {
        return secretId;
    }

    boolean isBy(String secretKey, AdminActions.Request request, AdminFields fields) {
        Map<String, String> texts = new HashMap<>();
        fields.all().forEach((name, field) -> texts.put(name, field.text()));
        String signed =
                "post\n/admin\n%s\n%s\n".formatted(listed(parameters, texts), listed(headers, request.headers()));
        String key = hmac(secretKey, keyTime);
        String expected = hmac(key, "sha1\n%s\n%s\n".formatted(signTime, sha1(signed)));
        return MessageDigest.isEqual(expected.getBytes(US_ASCII), signature.getBytes(US_ASCII));
    }

    private static String listed(List<String> names, Map<String, String> values) {
        return names.stream()
                .map(name -> JsText.escaped(name) + "=" + JsText.escaped(values.getOrDefault(name, "")))
                .collect(Collectors.joining("&"));
    }

    private static String sha1(String text) {
        try {
            return hex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA1"));
            return hex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
