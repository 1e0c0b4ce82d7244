package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.AdminActions;
import dev.berth.core.AdminActions.Answer;
import dev.berth.openapi.RelayFixture.Response;
import dev.berth.openapi.RelayFixture.Wire;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("AD-1")
class AdminDoorTest {
    private static final RelayLimits LIMITS = new RelayLimits(
            1000, Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofSeconds(30), Duration.ofSeconds(5), 10);
    private static final String OCTETS = "application/octet-stream";
    private static final String HOST = "Host: 127.0.0.1:7082";

    @TempDir
    Path folder;

    private final BlockingQueue<AdminActions.Request> asked = new LinkedBlockingQueue<>();
    private RelayFixture berth;

    @BeforeEach
    void start() {
        berth = new RelayFixture(folder, RelayFixture.POSSIBLE, false, LIMITS);
        berth.openApi.serve(this::echo);
    }

    @AfterEach
    void stop() {
        berth.close();
    }

    private CompletionStage<Answer> echo(AdminActions.Request request) {
        asked.add(request);
        return CompletableFuture.completedFuture(new Answer(200, OCTETS, request.body()));
    }

    private AdminActions.Request asked() throws InterruptedException {
        AdminActions.Request next = asked.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    @Tag("AD-3")
    @Tag("AD-24")
    void isOpenToAnybodyAndKeepsTheConnection() throws Exception {
        try (Wire wire = berth.byProxy()) {
            for (String query : new String[] {"", "?", "?&eventId=1&seqId=2-1", "?env=prod-01&seqId=%e6"}) {
                Response response = wire.send(
                                "POST /admin" + query + " HTTP/1.1",
                                HOST,
                                "Content-Type: application/json",
                                "X-TCB-Source: a",
                                "x-tcb-source: b",
                                "Connection: X-Hop, keep-alive",
                                "X-Hop: 1",
                                "Proxy-Authorization: Basic c2VjcmV0",
                                "Content-Length: 2")
                        .sendRaw("{}")
                        .response();

                assertThat(response.status()).isEqualTo(200);
                assertThat(response.header("content-type")).isEqualTo(OCTETS);
                assertThat(response.body()).isEqualTo("{}");
                AdminActions.Request request = asked();
                assertThat(request.query()).isEqualTo(query.isEmpty() ? "" : query.substring(1));
                assertThat(request.method()).isEqualTo("POST");
                assertThat(request.path()).isEqualTo("/admin");
                assertThat(request.host()).isEqualTo("127.0.0.1:7082");
                assertThat(request.headers())
                        .containsEntry("content-type", "application/json")
                        .containsEntry("x-tcb-source", "a")
                        .containsKey("host")
                        .doesNotContainKeys("x-hop", "connection", "proxy-authorization");
            }
        }
    }

    @Test
    @Tag("AD-6")
    @Tag("AD-17")
    void takesPartsInChunksByteForByte() throws Exception {
        String part = "Content-Disposition: form-data; name=\"requestData\"";
        String body = String.join("\r\n", "--b", part, "Content-Type: " + OCTETS, "", "\0\b\u00ff\u0080", "--b--", "");
        try (Wire wire = berth.byProxy()) {
            wire.send(
                    "POST /admin HTTP/1.1",
                    HOST,
                    "Content-Type: multipart/form-data; boundary=b",
                    "Transfer-Encoding: chunked");
            wire.sendRaw("5\r\n" + body.substring(0, 5) + "\r\n");
            wire.sendRaw("%x\r\n%s\r\n0\r\n\r\n".formatted(body.length() - 5, body.substring(5)));

            assertThat(wire.response().body()).isEqualTo(body);
            AdminActions.Request request = asked();
            assertThat(request.body()).isEqualTo(body.getBytes(ISO_8859_1));
            assertThat(request.headers()).containsEntry("content-type", "multipart/form-data; boundary=b");
        }
    }

    @ParameterizedTest
    @Tag("AD-4")
    @Tag("AD-5")
    @ValueSource(
            strings = {
                "tcb-admin.tencentyun.com",
                "TCB-Open.tencentyun.com:80",
                "prod-01.internal.ap-shanghai.tcb-api.tencentcloudapi.com",
                "tcb-api.tencentcloudapi.com"
            })
    void isFoundUnderTheNamesOfThePlatformByWhoObeysAProxy(String name) throws Exception {
        try (Wire wire = berth.byProxy()) {
            for (String credential : new String[] {"X-None: 1", "Proxy-Authorization: Basic YTpi"}) {
                Response response = wire.send(
                                "POST http://" + name + "/admin?&eventId=1 HTTP/1.1",
                                "Host: " + name,
                                credential,
                                "Content-Length: 2")
                        .sendRaw("{}")
                        .response();

                assertThat(response.body()).isEqualTo("{}");
                assertThat(asked().host()).isEqualTo(name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST http://tcb-admin.tencentyun.com/other HTTP/1.1",
                "POST http://tcb-admin.tencentyun.com:8080/admin HTTP/1.1",
                "POST https://tcb-admin.tencentyun.com/admin HTTP/1.1",
                "POST http://xtcb-api.tencentcloudapi.com/admin HTTP/1.1",
                "POST http://example.com/admin HTTP/1.1",
                "POST http://api.weixin.qq.com/admin HTTP/1.1",
                "POST /administration HTTP/1.1",
                "POST /admin/ HTTP/1.1",
                "CONNECT tcb-admin.tencentyun.com:80 HTTP/1.1"
            })
    void isNothingElse(String line) throws Exception {
        try (Wire wire = berth.byProxy()) {
            assertThat(wire.send(line, "Host: x", "Content-Length: 0")
                            .response()
                            .status())
                    .isEqualTo(407);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    @Tag("OA-1")
    void isNotWhatAServiceMeansWithWeChatsPathOfThatName() throws Exception {
        try (Wire wire = berth.admit("demo-001-aaaa").byName()) {
            wire.send("POST /admin HTTP/1.1", "Host: api.weixin.qq.com", "Content-Length: 0")
                    .response();
        }
        assertThat(berth.weChat.seen("/admin")).hasSize(1);
        assertThat(asked).isEmpty();
    }

    @Test
    @Tag("AD-22")
    void answersBeforeFunctionsAreThere() throws Exception {
        berth.openApi.serve(AdminActions.NONE);
        try (Wire wire = berth.byProxy()) {
            Response response =
                    wire.send("POST /admin HTTP/1.1", HOST, "Content-Length: 0").response();

            assertFailure(response, "SYS_ERR");
            assertThat(response.body()).contains("no functions");
        }
    }

    @Test
    void answersInOrderWhoDoesNotWait() throws Exception {
        try (Wire wire = berth.byProxy()) {
            String head = "POST /admin HTTP/1.1\r\n" + HOST + "\r\nContent-Length: 1\r\n\r\n";
            wire.sendRaw(head + "a" + head + "b");

            assertThat(wire.response().body()).isEqualTo("a");
            assertThat(wire.response().body()).isEqualTo("b");
        }
    }

    @Test
    void invitesABodyThatWaitsForIt() throws Exception {
        try (Wire wire = berth.byProxy()) {
            wire.send("POST /admin HTTP/1.1", HOST, "Expect: 100-continue", "Content-Length: 1");
            assertThat(wire.head()).startsWith("HTTP/1.1 100");
            assertThat(wire.sendRaw("a").response().body()).isEqualTo("a");
        }
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("two lengths", "POST", "Content-Length: 1\r\nContent-Length: 2\r\n\r\na", true),
                Arguments.of("two hosts", "POST", "Host: x\r\nContent-Length: 0\r\n\r\n", true),
                Arguments.of("another coding", "POST", "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", true),
                Arguments.of("an unknown expectation", "POST", "Expect: more\r\nContent-Length: 0\r\n\r\n", false),
                Arguments.of("another method", "GET", "\r\n", false),
                Arguments.of("an echo", "TRACE", "\r\n", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    @Tag("AD-22")
    void refusesWhatIsBrokenSoThatTheSdkUnderstands(String what, String method, String rest, boolean ends)
            throws Exception {
        try (Wire wire = berth.byProxy()) {
            Response response = wire.sendRaw(method + " /admin HTTP/1.1\r\n" + HOST + "\r\n" + rest)
                    .response();

            assertFailure(response, "INVALID_PARAM");
            if (ends) {
                assertThat(wire.rest()).isEmpty();
            }
        }
        assertThat(asked).isEmpty();
    }

    @Test
    @Tag("AD-22")
    void refusesABodyThatIsTooLargeAndReadsTheNextRequest() throws Exception {
        int large = AdminActions.LONGEST_BODY + 1;
        try (Wire wire = berth.byProxy()) {
            wire.send("POST /admin HTTP/1.1", HOST, "Content-Length: " + large);
            assertFailure(wire.sendRaw("y".repeat(large)).response(), "EXCEED_MAX_PAYLOAD_SIZE");

            wire.send("POST /admin HTTP/1.1", HOST, "Transfer-Encoding: chunked");
            wire.sendRaw("%x\r\n%s\r\n0\r\n\r\n".formatted(large, "y".repeat(large)));
            assertFailure(wire.response(), "EXCEED_MAX_PAYLOAD_SIZE");

            assertThat(wire.send("POST /admin HTTP/1.1", HOST, "Content-Length: 1")
                            .sendRaw("a")
                            .response()
                            .body())
                    .isEqualTo("a");
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    @Tag("AD-22")
    void givesUpABodyThatDoesNotCome() throws Exception {
        try (Wire wire = berth.byProxy()) {
            wire.send("POST /admin HTTP/1.1", HOST, "Content-Length: 2").sendRaw("a");

            assertFailure(wire.response(), "SYS_ERR");
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void waitsForAnAnswerLongerThanForABody() throws Exception {
        CompletableFuture<Answer> later = new CompletableFuture<>();
        berth.openApi.serve(request -> later);
        try (Wire wire = berth.byProxy()) {
            wire.send("POST /admin HTTP/1.1", HOST, "Content-Length: 0");
            CompletableFuture.delayedExecutor(2 * LIMITS.request().toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> later.complete(new Answer(200, OCTETS, new byte[] {'z'})));

            assertThat(wire.response().body()).isEqualTo("z");
        }
    }

    @Test
    void isNotBotheredByWhoLeaves() throws Exception {
        CompletableFuture<Answer> later = new CompletableFuture<>();
        berth.openApi.serve(request -> {
            asked.add(request);
            return later;
        });
        try (Wire wire = berth.byProxy()) {
            wire.send("POST /admin HTTP/1.1", HOST, "Content-Length: 0");
            asked();
        }
        try (Wire wire = berth.byProxy()) {
            wire.send("POST /admin HTTP/1.1", HOST, "Content-Length: 5").sendRaw("half");
        }
        later.complete(new Answer(200, OCTETS, new byte[0]));
        try (Wire wire = berth.byProxy()) {
            assertThat(wire.send("POST /admin HTTP/1.1", HOST, "Content-Length: 0")
                            .response()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    @Tag("AD-23")
    void tellsOfADefectWithoutItsWords() throws Exception {
        CapturedLog log = CapturedLog.start();
        try (Wire wire = berth.byProxy()) {
            berth.openApi.serve(request -> CompletableFuture.failedFuture(new IllegalStateException("inner words")));
            Response failed =
                    wire.send("POST /admin HTTP/1.1", HOST, "Content-Length: 0").response();
            berth.openApi.serve(request -> {
                throw new IllegalStateException("inner words");
            });
            Response thrown =
                    wire.send("POST /admin HTTP/1.1", HOST, "Content-Length: 0").response();

            for (Response response : new Response[] {failed, thrown}) {
                assertFailure(response, "SYS_ERR");
                assertThat(response.body()).doesNotContain("inner words");
            }
            assertThat(log.ofBerth()).hasSize(2);
        } finally {
            log.close();
        }
    }

    private static void assertFailure(Response response, String code) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type")).isEqualTo("application/json; charset=utf-8"); // AD-24
        JsonObject body = new JsonObject(response.body());
        assertThat(body.getString("code")).isEqualTo(code);
        assertThat(body.getString("message")).isNotEmpty();
    }

    @Test
    @Tag("AD-22")
    void doesNotKeepMoreThanItsShareOfBodies() throws IOException {
        Ration ration = new Ration(3);
        AdminDoor door = new AdminDoor(berth.vertx, LIMITS, new RelayAnswers(berth.vertx), ration);
        CompletableFuture<Answer> later = new CompletableFuture<>();
        door.serve(request -> request.body().length == 2 ? later : echo(request));
        var server = RelayFixture.await(berth.vertx
                .createHttpServer()
                .requestHandler(request -> door.answer(request, "x", new RelayTarget.Admin("")))
                .listen(0, "127.0.0.1"));
        try (Wire first = new Wire("127.0.0.1", server.actualPort());
                Wire second = new Wire("127.0.0.1", server.actualPort())) {
            first.send("POST /admin HTTP/1.1", HOST, "Content-Length: 2").sendRaw("aa");
            assertThat(echoOf(second, "b")).isEqualTo("b");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(echoOf(second, "bb")).contains("EXCEED_REQUEST_LIMIT"));

            later.complete(new Answer(200, OCTETS, new byte[] {'z'}));

            assertThat(first.response().body()).isEqualTo("z");
            assertThat(echoOf(second, "bbb")).isEqualTo("bbb");
        }
    }

    private static String echoOf(Wire wire, String body) throws IOException {
        return wire.send("POST /admin HTTP/1.1", HOST, "Content-Length: " + body.length())
                .sendRaw(body)
                .response()
                .body();
    }
}
