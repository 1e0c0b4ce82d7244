package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RefusalFormTest {
    private static final String APP = "/api/v1/apps/wx2222222222222222";

    @TempDir
    private static Path data;

    private static ServerFixture server;

    @BeforeAll
    static void start() throws IOException {
        server = ServerFixture.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aRefusalHasTheDocumentedFields() throws Exception {
        Reply reply = server.get("/api/v1/calls?limit=0");

        assertThat(reply.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
        assertThat(reply.json().fieldNames()).containsExactly("error");
        assertThat(reply.error().fieldNames())
                .containsExactlyInAnyOrder("code", "component", "message", "hint", "requestId");
        assertThat(reply.error().getString("requestId")).matches("[0-9a-f]{16}");
    }

    @Test
    void everyRequestHasAnIdOfItsOwn() throws Exception {
        assertThat(server.get("/api/v1/calls?limit=0").error().getString("requestId"))
                .isNotEqualTo(server.get("/api/v1/calls?limit=0").error().getString("requestId"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/nothing, 404, ROUTE_UNKNOWN",
        "GET, /api/v1, 404, ROUTE_UNKNOWN",
        "GET, /, 404, ROUTE_UNKNOWN",
        "GET, /favicon.ico, 404, ROUTE_UNKNOWN",
        "POST, /api/v1/status, 405, METHOD_NOT_ALLOWED",
        "GET, /api/v1/shutdown, 405, METHOD_NOT_ALLOWED",
        "DELETE, /api/v1/apps/wx1111111111111111, 405, METHOD_NOT_ALLOWED",
        "GET, /api/v1/environments/nowhere/services, 404, ENV_UNKNOWN",
        "POST, /api/v1/environments/nowhere/services/demo/versions, 404, ENV_UNKNOWN",
        "DELETE, /api/v1/environments/nowhere/services/demo, 404, ENV_UNKNOWN",
        "GET, /api/v1/environments/nowhere/services/demo/logs, 404, ENV_UNKNOWN",
        "PUT, /api/v1/environments/nowhere/grants/wx1111111111111111, 404, ENV_UNKNOWN",
        "DELETE, /api/v1/environments/nowhere/grants/wx1111111111111111, 404, ENV_UNKNOWN",
        "PUT, /api/v1/environments/prod-01/grants/wx9999999999999999, 404, APP_UNKNOWN",
        "DELETE, /api/v1/environments/prod-01/services/none, 404, SERVICE_UNKNOWN",
        "GET, /api/v1/environments/prod-01/services/none/logs, 404, SERVICE_UNKNOWN",
        "GET, /api/v1/environments/prod-01/services/..%2F..%2Ftoken/logs, 404, SERVICE_UNKNOWN",
        "GET, /api/v1/calls?limit=0, 400, REQUEST_INVALID",
        "GET, /api/v1/calls?limit=100001, 400, REQUEST_INVALID",
        "GET, /api/v1/calls?limit=-1, 400, REQUEST_INVALID",
        "GET, /api/v1/calls?limit=ten, 400, REQUEST_INVALID",
        "GET, /api/v1/calls?limit=99999999999999999999, 400, REQUEST_INVALID"
    })
    void whatIsWrongHasItsStatusAndCode(String method, String path, int status, String code) throws Exception {
        Reply reply = server.send(method, path, "");

        assertThat(Map.entry(reply.status(), reply.code())).isEqualTo(Map.entry(status, code));
    }

    @Test
    void aQueryThatIsNotPercentEncodedIsAnErrorOfTheSender() throws Exception {
        assertThat(RawRequest.to(server, "GET /api/v1/calls?limit=%zz").status())
                .isEqualTo(400);
        assertThat(RawRequest.to(server, "GET /api/v1/calls?limit=%zz").code()).isEqualTo("REQUEST_INVALID");
        assertThat(RawRequest.to(server, "GET /api/v1/environments/%zz/services")
                        .code())
                .isEqualTo("REQUEST_INVALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "nonsense",
                "[]",
                "null",
                "5",
                "\"text\"",
                "{\"secret\":\"s\"} and more",
                "{\"secret\":5}",
                "{\"secret\":null}",
                "{\"secret\":\"\"}",
                "{\"secret\":{}}",
                "{\"secret\":[\"s\"]}",
                "{\"secret\":true}",
                "{}",
                "",
                "{\"secret\":\"s\",\"kind\":\"mini_program\"}",
                "{\"secret\":\"s\",\"kind\":1}",
                "{\"secret\":\"s\",\"kinds\":\"MINI_PROGRAM\"}",
                "\u0000"
            })
    void aBodyThatIsNotAsExpectedIsRefusedAndChangesNothing(String body) throws Exception {
        Reply reply = server.send("PUT", APP, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("REQUEST_INVALID");
        assertThat(server.get("/api/v1/apps").body()).doesNotContain("wx2222222222222222");
    }

    @ParameterizedTest
    @CsvSource({"PUT, /api/v1/environments/dev-01", "POST, /api/v1/users", "POST, /api/v1/sessions"})
    void everyRouteChecksItsBody(String method, String path) throws Exception {
        assertThat(server.send(method, path, "[]").code()).isEqualTo("REQUEST_INVALID");
        assertThat(server.send(method, path, "{\"app\":5,\"name\":5}").code()).isEqualTo("REQUEST_INVALID");
    }

    @Test
    void theRefusalNamesTheFieldAndWhatIsExpected() throws Exception {
        assertThat(server.send("PUT", APP, "{\"secret\":5}").message()).isEqualTo("secret: 5 (expected: text)");
        assertThat(server.send("PUT", APP, "{\"sekret\":\"s\"}").message())
                .isEqualTo("sekret: unknown field (expected one of: secret, kind)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1024 * 1024 + 1, 40 * 1024 * 1024})
    void tooLongABodyIsRefusedAndTheSenderGetsToKnow(int length) throws Exception {
        Reply reply = server.send("PUT", APP, "x".repeat(length));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.code()).isEqualTo("BODY_TOO_LARGE");
    }
}
