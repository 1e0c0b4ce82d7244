package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManagementTokenTest {
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

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/status",
        "GET, /api/v1/apps",
        "PUT, /api/v1/apps/wx1111111111111111",
        "PUT, /api/v1/environments/prod-01",
        "PUT, /api/v1/environments/prod-01/grants/wx1111111111111111",
        "DELETE, /api/v1/environments/prod-01/grants/wx1111111111111111",
        "GET, /api/v1/environments/prod-01/services",
        "POST, /api/v1/environments/prod-01/services/demo/versions",
        "DELETE, /api/v1/environments/prod-01/services/demo",
        "GET, /api/v1/environments/prod-01/services/demo/logs",
        "GET, /api/v1/calls",
        "POST, /api/v1/sessions",
        "GET, /api/v1/users",
        "POST, /api/v1/users",
        "POST, /api/v1/shutdown",
        "GET, /api/v1/no-such-route",
        "GET, /api/v1/"
    })
    void everyRouteNeedsTheToken(String method, String path) throws Exception {
        var request = server.request(path).method(method, BodyPublishers.ofString("{}"));

        Reply missing = Reply.of(server.raw(request.build()));
        Reply wrong = Reply.of(
                server.raw(request.header("Authorization", "Bearer 0123456789").build()));

        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.code()).isEqualTo("TOKEN_MISSING");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("TOKEN_INVALID");
        assertThat(server.server().shutdownAsked()).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic %s", "%s", "Bearer", "Bearer ", "Bearer x%s", "Bearer %sx"})
    void nothingLikeATokenIsOne(String form) throws Exception {
        var request = server.request("/api/v1/status").header("Authorization", form.formatted(server.token()));

        assertThat(server.raw(request.build()).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "BEARER"}) // RFC 9110, 11.1: the scheme is case-insensitive
    void theTokenOpens(String scheme) throws Exception {
        var request = server.request("/api/v1/status").header("Authorization", scheme + " " + server.token());

        assertThat(server.raw(request.build()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz"})
    void healthNeedsNoToken(String path) throws Exception {
        Reply reply = Reply.of(server.raw(server.request(path).build()));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("ok\n");
    }

    /** DNS rebinding: the page of a stranger reaches the door under a name of the stranger's, but has no token. */
    @Test
    void aForeignHostGetsNowhereWithoutTheToken() throws Exception {
        assertThat(statusLine("GET /api/v1/status HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .isEqualTo("HTTP/1.1 401 Unauthorized");
    }

    private static String statusLine(String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.door("management").getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
