package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.openapi.RelayFixture.Inside;
import dev.berth.openapi.RelayFixture.Response;
import dev.berth.openapi.RelayFixture.Wire;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no client should send, and what becomes of it. Nothing of it reaches WeChat. */
@Tag("OA-8")
@Tag("OA-23")
class RelayBadInputTest {
    private static final String HOST = "Host: api.weixin.qq.com\r\n";
    private static final RelayLimits LIMITS = new RelayLimits(
            1000, Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofSeconds(30), Duration.ofSeconds(5), 3);

    @TempDir
    Path folder;

    private RelayFixture berth;
    private Inside inside;

    @BeforeEach
    void start() {
        berth = new RelayFixture(folder, RelayFixture.POSSIBLE, false, LIMITS);
        inside = berth.admit("demo-001-aaaa");
    }

    @AfterEach
    void stop() {
        berth.close();
    }

    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of("an echo of the token", 405, "TRACE /x HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(
                        "two lengths",
                        400,
                        "POST /x HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\na"),
                Arguments.of("a list of lengths", 400, "POST /x HTTP/1.1\r\n" + HOST + "Content-Length: 1, 2\r\n\r\na"),
                Arguments.of("a signed length", 400, "POST /x HTTP/1.1\r\n" + HOST + "Content-Length: +1\r\n\r\na"),
                Arguments.of("a negative length", 400, "POST /x HTTP/1.1\r\n" + HOST + "Content-Length: -1\r\n\r\n"),
                Arguments.of("an empty length", 400, "POST /x HTTP/1.1\r\n" + HOST + "Content-Length:\r\n\r\n"),
                Arguments.of(
                        "length and chunks",
                        400,
                        "POST /x HTTP/1.1\r\n" + HOST
                                + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunks and length",
                        400,
                        "POST /x HTTP/1.1\r\n" + HOST
                                + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "another coding",
                        400,
                        "POST /x HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "coding twice",
                        400,
                        "POST /x HTTP/1.1\r\n" + HOST
                                + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunks in HTTP/1.0",
                        400,
                        "POST /x HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("no host", 400, "GET /x HTTP/1.1\r\n\r\n"),
                Arguments.of("two hosts", 400, "GET /x HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
                Arguments.of("no such host", 421, "GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
                Arguments.of("an asterisk", 400, "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("a fragment", 400, "GET /x#y HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("a space before the colon", 400, "GET /x HTTP/1.1\r\nHost : api.weixin.qq.com\r\n\r\n"),
                Arguments.of("no colon", 400, "GET /x HTTP/1.1\r\n" + HOST + "rubbish\r\n\r\n"),
                Arguments.of("a long line", 414, "GET /" + "x".repeat(17 * 1024) + " HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(
                        "a long head", 431, "GET /x HTTP/1.1\r\n" + HOST + "X: " + "y".repeat(33 * 1024) + "\r\n\r\n"),
                Arguments.of("many headers", 400, "GET /x HTTP/1.1\r\n" + HOST + "a:b\r\n".repeat(201) + "\r\n"),
                Arguments.of(
                        "a long body",
                        413,
                        "POST /x HTTP/1.1\r\n" + HOST + "Content-Length: 1001\r\n\r\n" + "y".repeat(1001)),
                Arguments.of(
                        "an unknown expectation",
                        417,
                        "POST /x HTTP/1.1\r\n" + HOST + "Expect: more\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("CONNECT to nothing", 400, "CONNECT x HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("CONNECT to itself", 403, "CONNECT 127.77.0.1:80 HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(
                        "itself as another host", 403, "GET http://127.77.9.9:7082/x HTTP/1.1\r\n" + HOST + "\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void isRefused(String what, int status, String request) throws IOException {
        try (Wire wire = inside.byName()) {
            Response response = wire.sendRaw(request).response();

            assertThat(response.status()).as(what).isEqualTo(status);
            JsonObject body = new JsonObject(response.body());
            assertThat(body.getString("request_id")).isNotEmpty();
            assertThat(body.getString("error_type")).isNotEmpty();
            assertThat(body.getString("error_message")).isEqualTo(response.header("x-berth-reason"));
            if (status == 400 || status == 414 || status == 431) {
                assertThat(wire.rest()).isEmpty();
            }
        }
        assertThat(berth.weChat.seen("/x")).isEmpty();
    }

    @Test
    void isRefusedAsSoonAsChunksAreTooMany() throws IOException {
        try (Wire wire = inside.byName()) {
            wire.send("POST /x HTTP/1.1", "Host: api.weixin.qq.com", "Transfer-Encoding: chunked");
            wire.sendRaw("3e8\r\n" + "y".repeat(1000) + "\r\n1\r\nz\r\n");

            assertThat(wire.response().status()).isEqualTo(413);
        }
        assertThat(berth.weChat.seen("/x")).isEmpty();
    }

    @Test
    void isCutOffIfItIsBeingAnsweredAlready() throws IOException {
        berth.weChat.takeOver(
                "/media",
                request -> request.response()
                        .setChunked(true)
                        .putHeader("content-type", "image/png")
                        .write("first"));
        try (Wire wire = inside.byName()) {
            wire.send("POST /media HTTP/1.1", "Host: api.weixin.qq.com", "Transfer-Encoding: chunked");
            assertThat(wire.sendRaw("1\r\na\r\n").head()).contains("200");
            wire.sendRaw("3e8\r\n" + "y".repeat(1000) + "\r\n");

            assertThat(toEnd(wire)).doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void isGivenUpWhenABodyDoesNotCome() throws IOException {
        try (Wire wire = inside.byName()) {
            wire.send("POST /x HTTP/1.1", "Host: api.weixin.qq.com", "Content-Length: 2");
            wire.sendRaw("a");

            Response response = wire.response();
            assertThat(response.status()).isEqualTo(408);
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(berth.weChat.seen("/x")).isEmpty();
    }

    @Test
    void isGivenUpWhenAHeadDoesNotCome() throws IOException {
        try (Wire wire = inside.byName()) {
            wire.sendRaw("GET /x HTTP/1.1\r\nHost: api");
            assertThat(toEnd(wire)).isEmpty();
        }
        try (Wire wire = inside.byName()) {
            wire.send("GET /x HTTP/1.1", "Host: api.weixin.qq.com").response();
            wire.sendRaw("GET");
            assertThat(toEnd(wire)).isEmpty();
        }
    }

    @Test
    void isOneConnectionTooMany() throws IOException {
        try (Wire first = inside.byName();
                Wire second = inside.byName();
                Wire third = inside.byName()) {
            for (Wire wire : new Wire[] {first, second, third}) {
                assertThat(wire.send("GET /ok HTTP/1.1", "Host: api.weixin.qq.com")
                                .response()
                                .status())
                        .isEqualTo(200);
            }
            try (Wire fourth = inside.byName()) {
                assertThat(toEnd(fourth)).isEmpty();
            }
        }
    }

    private static String toEnd(Wire wire) throws IOException {
        try {
            return wire.rest();
        } catch (SocketException reset) {
            return "";
        }
    }
}
