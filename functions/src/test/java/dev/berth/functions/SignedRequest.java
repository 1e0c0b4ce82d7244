package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.AdminActions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A request as wx-server-sdk 4 makes it, written from AD-19 without a look at the code that checks it. */
final class SignedRequest {
    private static final String BOUNDARY = "--------------------------fe0b";

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private String secretId;
    private String secretKey;

    private SignedRequest(String secretId, String secretKey) {
        this.secretId = secretId;
        this.secretKey = secretKey;
    }

    static SignedRequest of(LiveInvocation invocation, String action) {
        return new SignedRequest(invocation.secretId(), invocation.secretKey())
                .with("action", action)
                .with("envName", "prod-01")
                .with("wxCloudApiToken", invocation.token())
                .with("tcb_sessionToken", "")
                .with("crossAuthorizationToken", "");
    }

    /** @param value a text, or bytes: a file */
    SignedRequest with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    SignedRequest signedBy(String id, String key) {
        secretId = id;
        secretKey = key;
        return this;
    }

    AdminActions.Request json() {
        try {
            return request("application/json", "application/json", new ObjectMapper().writeValueAsBytes(fields));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AdminActions.Request form() {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        fields.forEach((name, value) -> {
            String type = value instanceof byte[] ? "Content-Type: application/octet-stream\r\n" : "";
            form.writeBytes(
                    ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n" + type + "\r\n")
                            .getBytes(UTF_8));
            form.writeBytes(bytes(value));
            form.writeBytes("\r\n".getBytes(UTF_8));
        });
        form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        return request("multipart/form-data", "multipart/form-data; boundary=" + BOUNDARY, form.toByteArray());
    }

    private AdminActions.Request request(String signedType, String contentType, byte[] body) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        Map<String, Object> sorted = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (!value.equals("")) {
                sorted.put(name.toLowerCase(Locale.ROOT), value);
            }
        });
        sorted.forEach((name, value) -> {
            payload.writeBytes(("&" + name + "=").getBytes(UTF_8));
            payload.writeBytes(bytes(value));
            payload.writeBytes("\r\n".getBytes(UTF_8));
        });
        String canonical = "post\n//127.0.0.1:7082/admin\nenv=prod-01\ncontent-type:" + signedType
                + "\nhost:127.0.0.1:7082\nx-tcb-source:wx_client,scf\n\ncontent-type;host;x-tcb-source\n"
                + sha256(payload.toByteArray());
        String stringToSign =
                "TC3-HMAC-SHA256\n1795203963\n2026-11-20/tcb/tc3_request\n" + sha256(canonical.getBytes(UTF_8));
        byte[] key = hmac(hmac(hmac(("TC3" + secretKey).getBytes(UTF_8), "2026-11-20"), "tcb"), "tc3_request");
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", contentType);
        headers.put("x-tcb-source", "wx_client,scf");
        headers.put("x-timestamp", "1795203963");
        headers.put(
                "authorization",
                "TC3-HMAC-SHA256 Credential=%s/2026-11-20/tcb/tc3_request, SignedParams=%s, SignedHeaders=content-type;host;x-tcb-source, Signature=%s"
                        .formatted(
                                secretId,
                                String.join(";", sorted.keySet()),
                                HexFormat.of().formatHex(hmac(key, stringToSign))));
        return new AdminActions.Request("POST", "127.0.0.1:7082", "/admin", "env=prod-01", headers, body);
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] file ? file : value.toString().getBytes(UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
