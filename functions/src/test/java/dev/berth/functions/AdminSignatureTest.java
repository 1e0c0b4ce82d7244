package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.AdminActions;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the vector of AD-20. */
final class AdminSignatureTest {
    private static final String BODY =
            "{\"action\":\"functions.invokeFunction\",\"function_name\":\"sum\",\"request_data\":\"{\\\"a\\\":1,\\\"b\\\":[2],\\\"s\\\":\\\"文\\\"}\",\"envName\":\"poc-env\",\"wxCloudApiToken\":\"wx-api-token-1\",\"tcb_sessionToken\":\"tcb-sess\",\"sessionToken\":\"STS-TOKEN\",\"crossAuthorizationToken\":\"\"}";
    private static final String PARAMS =
            "action;envname;function_name;request_data;sessiontoken;tcb_sessiontoken;wxcloudapitoken";
    private static final String HEADERS =
            "content-type;host;user-agent;x-client-timestamp;x-sdk-version;x-tcb-region;x-tcb-route-key;x-tcb-source;x-tcb-tracelog";
    private static final String PAYLOAD_HASH = "875ccc5d5888602a315dd6f3fb159d9dbfb9122aa6bbef6338016fa207e635f1";

    @Test
    @Tag("AD-19")
    @Tag("AD-20")
    void theVectorIsMet() throws IOException {
        AdminActions.Request request = request(PARAMS);
        AdminFields fields = AdminBody.read("application/json", request.body());
        AdminSignature signature = AdminSignature.of(request).orElseThrow();
        assertThat(signature.secretId()).isEqualTo("AKIDPOC");
        assertThat(signature.payloadHash(fields)).isEqualTo(PAYLOAD_HASH);
        assertThat(signature.canonical(request, fields)).isEqualTo("""
                post
                //127.0.0.1:19100/admin
                env=poc-env&seqId=seq-1-1a1fa7e9fc7_11
                content-type:application/json
                host:127.0.0.1:19100
                user-agent:tcb-node-sdk/3.17.2
                x-client-timestamp:1795203964871
                x-sdk-version:wx-server-sdk/4.0.2
                x-tcb-region:ap-shanghai
                x-tcb-route-key:route-1
                x-tcb-source:wx_client,scf
                x-tcb-tracelog:trace-1

                %s
                %s""".formatted(HEADERS, PAYLOAD_HASH));
        assertThat(signature.isBy("SECRETPOC", request, fields)).isTrue();
    }

    @Test
    @Tag("AD-19")
    void anotherKeySignsOtherwise() throws IOException {
        AdminActions.Request request = request(PARAMS);
        assertThat(isBy("SECRETPOD", request, BODY)).isFalse();
    }

    @ParameterizedTest
    @Tag("AD-19")
    @CsvSource({"poc-env,poc-enw", "sum,sun", "wx-api-token-1,wx-api-token-2"})
    void anotherBodyHasAnotherSignature(String sent, String altered) throws IOException {
        assertThat(isBy("SECRETPOC", request(PARAMS), BODY.replace(sent, altered)))
                .isFalse();
    }

    @ParameterizedTest
    @Tag("AD-19")
    @ValueSource(strings = {"x-tcb-source", "user-agent", "x-timestamp"})
    void anotherHeaderHasAnotherSignature(String name) throws IOException {
        AdminActions.Request request = request(PARAMS);
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put(name, "0");
        assertThat(isBy("SECRETPOC", with(request, headers), BODY)).isFalse();
    }

    @Test
    @Tag("AD-19")
    void whatTheSignatureDoesNotCoverIsNotTaken() throws IOException {
        String more = BODY.replace("{\"action\"", "{\"qualifier\":\"1\",\"action\"");
        assertThat(isBy("SECRETPOC", request(PARAMS), more)).isFalse();
    }

    /** SignedParams lists empty ones too in 2.x and 3.x; they are not hashed. */
    @Test
    @Tag("AD-19")
    void emptyParametersMayBeNamedAndCountForNothing() throws IOException {
        AdminActions.Request request = request(PARAMS.replace("action;", "action;crossauthorizationtoken;"));
        assertThat(isBy("SECRETPOC", request, BODY)).isTrue();
    }

    @Test
    @Tag("AD-19")
    void whatIsOnlySpaceNeedNoSignature() throws IOException {
        String more = BODY.replace("{\"action\"", "{\"qualifier\":\" \\ufeff\",\"action\"");
        assertThat(isBy("SECRETPOC", request(PARAMS), more)).isTrue();
    }

    @Test
    @Tag("AD-19")
    void whatIsNoTextIsSignedAsItWasWritten() throws IOException {
        AdminFields fields = fields("{\"a\":false,\"b\":0,\"c\":[1.50,{\"x\":null}],\"d\":\" text \\n\",\"e\":\"\"}");
        AdminSignature signature = AdminSignature.of(request("a;b;c;d;e")).orElseThrow();
        assertThat(signature.payloadHash(fields))
                .isEqualTo(sha256("&a=false\r\n&b=0\r\n&c=[1.50,{\"x\":null}]\r\n&d=text\r\n"));
    }

    @Test
    @Tag("AD-19")
    void aFormIsSignedWithoutItsBoundaryAndAFileAsItsBytes() throws IOException {
        AdminActions.Request request = request("action;requestdata");
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put("content-type", "multipart/form-data; boundary=xyz");
        byte[] form =
                "--xyz\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\n wx.openApi \r\n--xyz\r\nContent-Disposition: form-data; name=\"requestData\"\r\nContent-Type: application/octet-stream\r\n\r\n bytes \r\n--xyz--\r\n"
                        .getBytes(UTF_8);
        AdminFields fields = AdminBody.read(headers.get("content-type"), form);
        AdminSignature signature = AdminSignature.of(request).orElseThrow();
        assertThat(signature.payloadHash(fields)).isEqualTo(sha256("&action=wx.openApi\r\n&requestdata= bytes \r\n"));
        assertThat(signature.canonical(with(request, headers), fields))
                .contains("\ncontent-type:multipart/form-data\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer abc",
                "q-sign-algorithm=sha1&q-ak=AKIDPOC",
                "TC3-HMAC-SHA256 Credential=AKIDPOC/2026-11-20/tcb/tc3_request, SignedHeaders=host, Signature=00"
            })
    @Tag("AD-21")
    void anotherAuthorizationIsNone(String authorization) {
        assertThat(AdminSignature.of(with(request(PARAMS), Map.of("authorization", authorization))))
                .isEmpty();
    }

    private static boolean isBy(String secretKey, AdminActions.Request request, String body) throws IOException {
        return AdminSignature.of(request).orElseThrow().isBy(secretKey, request, fields(body));
    }

    private static AdminFields fields(String json) throws IOException {
        return AdminBody.read("application/json", json.getBytes(UTF_8));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static AdminActions.Request with(AdminActions.Request request, Map<String, String> headers) {
        return new AdminActions.Request(
                request.method(), request.host(), request.path(), request.query(), headers, request.body());
    }

    private static AdminActions.Request request(String signedParams) {
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "tcb-node-sdk/3.17.2");
        headers.put("x-client-timestamp", "1795203964871");
        headers.put("x-sdk-version", "wx-server-sdk/4.0.2");
        headers.put("x-tcb-region", "ap-shanghai");
        headers.put("x-tcb-route-key", "route-1");
        headers.put("x-tcb-source", "wx_client,scf");
        headers.put("x-tcb-tracelog", "trace-1");
        headers.put("x-timestamp", "1795203963");
        headers.put(
                "authorization",
                "TC3-HMAC-SHA256 Credential=AKIDPOC/2026-11-20/tcb/tc3_request, SignedParams=%s, SignedHeaders=%s, Signature=8be7514c064f4d1e06f3f44de7e8d71d4cb8201c075524c97baa0a16f499fecd"
                        .formatted(signedParams, HEADERS));
        return new AdminActions.Request(
                "POST",
                "127.0.0.1:19100",
                "/admin",
                "env=poc-env&seqId=seq-1-1a1fa7e9fc7_11",
                headers,
                BODY.getBytes(UTF_8));
    }
}
