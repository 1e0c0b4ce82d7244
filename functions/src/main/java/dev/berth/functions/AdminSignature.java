package dev.berth.functions;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.AdminActions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of wx-server-sdk from 2.0 on: TC3-HMAC-SHA256 in the variant of AD-19. It proves that who asks holds the
 * secret key that belongs to {@link #secretId}.
 *
 * <p>Parameters and headers are signed in the order in which {@code Authorization} names them: the SDK sorts by the rules of
 * a language, not by characters.
 */
final class AdminSignature {
    private static final Pattern AUTHORIZATION =
            Pattern.compile("TC3-HMAC-SHA256 Credential=([^/,; ]+)/(\\d{4}-\\d\\d-\\d\\d)/tcb/tc3_request,"
                    + " SignedParams=([^, ]*), SignedHeaders=([^, ]+), Signature=([0-9a-f]{64})");
    private static final String CONTENT_TYPE = "content-type";

    private final String secretId;
    private final String date;
    private final List<String> parameters;
    private final List<String> headers;
    private final String signature;

    private AdminSignature(Matcher authorization) {
        secretId = authorization.group(1);
        date = authorization.group(2);
        parameters = List.of(authorization.group(3).split(";"));
        headers = List.of(authorization.group(4).split(";"));
        signature = authorization.group(5);
    }

    /** Of a request; empty if it has none, or one of another kind (AD-21). */
    static Optional<AdminSignature> of(AdminActions.Request request) {
        Matcher authorization = AUTHORIZATION.matcher(request.headers().getOrDefault("authorization", ""));
        return authorization.matches() ? Optional.of(new AdminSignature(authorization)) : Optional.empty();
    }

    String secretId() {
        return secretId;
    }

    /** Whether the request was signed with this key, and every field of its body with it. */
    boolean isBy(String secretKey, AdminActions.Request request, AdminFields fields) {
        byte[] expected = expected(secretKey, request, fields).getBytes(US_ASCII);
        return coversAll(fields) && MessageDigest.isEqual(expected, signature.getBytes(US_ASCII));
    }

    private boolean coversAll(AdminFields fields) {
        Set<String> signed = new HashSet<>(parameters);
        return fields.all().entrySet().stream()
                .allMatch(field -> !isHashed(field.getValue()) || signed.contains(JsText.escaped(field.getKey())));
    }

    private String expected(String secretKey, AdminActions.Request request, AdminFields fields) {
        String stringToSign = "TC3-HMAC-SHA256\n%s\n%s/tcb/tc3_request\n%s"
                .formatted(
                        request.headers().getOrDefault("x-timestamp", ""),
                        date,
                        hex(sha256().digest(canonical(request, fields).getBytes(UTF_8))));
        byte[] ofDate = hmac(("TC3" + secretKey).getBytes(UTF_8), date);
        return hex(hmac(hmac(hmac(ofDate, "tcb"), "tc3_request"), stringToSign));
    }

    String canonical(AdminActions.Request request, AdminFields fields) {
        StringBuilder canonical = new StringBuilder()
                .append(request.method().toLowerCase(Locale.ROOT))
                .append("\n//")
                .append(request.host())
                .append(request.path())
                .append('\n')
                .append(request.query())
                .append('\n');
        for (String name : headers) {
            canonical.append(name).append(':').append(header(request, name)).append('\n');
        }
        return canonical
                .append('\n')
                .append(String.join(";", headers))
                .append('\n')
                .append(payloadHash(fields))
                .toString();
    }

    private static String header(AdminActions.Request request, String name) {
        String value = name.equals("host") ? request.host() : request.headers().getOrDefault(name, "");
        if (name.equals(CONTENT_TYPE)) {
            return AdminBody.isForm(value) ? AdminBody.FORM : value;
        }
        return JsText.trim(value).toLowerCase(Locale.ROOT);
    }

    String payloadHash(AdminFields fields) {
        Map<String, AdminFields.Field> byKey = new HashMap<>();
        fields.all().forEach((name, field) -> byKey.put(JsText.escaped(name), field));
        MessageDigest hash = sha256();
        for (String key : parameters) {
            AdminFields.Field field = byKey.get(key);
            if (field != null && isHashed(field)) {
                hash.update(("&" + key + "=").getBytes(UTF_8));
                hash.update(signedValue(field));
                hash.update("\r\n".getBytes(UTF_8));
            }
        }
        return hex(hash.digest());
    }

    /** An empty text is nothing to JavaScript, an empty file is something. */
    private static boolean isHashed(AdminFields.Field field) {
        return field.binary() || signedValue(field).length > 0;
    }

    private static byte[] signedValue(AdminFields.Field field) {
        return field.binary() ? field.bytes() : JsText.trim(field.text()).getBytes(UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
