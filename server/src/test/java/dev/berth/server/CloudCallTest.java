package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.CloudCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OA-3, OA-4: the switch and the permission list of an environment. */
final class CloudCallTest {
    private static final String SETTINGS = "/api/v1/environments/prod-01/cloud-call";
    private static final String PATHS = SETTINGS + "/paths";

    @TempDir
    private Path data;

    private ServerFixture server;

    @BeforeEach
    void start() throws IOException {
        server = ServerFixture.start(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aNewEnvironmentIsOnAndMayAskNothing() throws Exception {
        assertThat(settings()).isEqualTo(new JsonObject("{\"on\":true,\"tokens\":false,\"paths\":[]}"));
    }

    @Test
    void allOfItIsReplacedAndLastsOverARestart() throws Exception {
        JsonObject wanted = new JsonObject("""
                {"on":false,"tokens":true,"paths":["/cgi-bin/message/*","/wxa/msg_sec_check"]}""");

        Reply put = server.send("PUT", SETTINGS, wanted.encode());

        assertThat(put.json()).isEqualTo(wanted);
        assertThat(settings()).isEqualTo(wanted);
        server.close();
        server = ServerFixture.start(data);
        assertThat(settings()).isEqualTo(wanted);
    }

    @Test
    void whatIsAbsentStaysAsItIs() throws Exception {
        server.send("PUT", SETTINGS, "{\"tokens\":true,\"paths\":[\"/a\",\"/b\"]}");

        server.send("PUT", SETTINGS, "{\"on\":false}");

        assertThat(settings()).isEqualTo(new JsonObject("{\"on\":false,\"tokens\":true,\"paths\":[\"/a\",\"/b\"]}"));
    }

    @Test
    void pathsComeAndGoInOneStepAndTheAnswerSaysWhichDid() throws Exception {
        server.send("PUT", SETTINGS, "{\"paths\":[\"/kept\"]}");

        Reply added = server.send("PUT", PATHS, "{\"paths\":[\"/new\",\"/kept\",\"/new\"]}");
        Reply removed = server.send("DELETE", PATHS, "{\"paths\":[\"/kept\",\"/never\"]}");

        assertThat(added.json())
                .isEqualTo(new JsonObject(
                        "{\"on\":true,\"tokens\":false,\"paths\":[\"/kept\",\"/new\"],\"changed\":[\"/new\"]}"));
        assertThat(removed.json())
                .isEqualTo(
                        new JsonObject("{\"on\":true,\"tokens\":false,\"paths\":[\"/new\"],\"changed\":[\"/kept\"]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"paths\":[\"/good\",\"wxa/msg_sec_check\"]}",
                "{\"paths\":[\"http://api.weixin.qq.com/wxa/msg_sec_check\"]}",
                "{\"paths\":[\"/wxa/msg_sec_check?a=b\"]}",
                "{\"paths\":[\"/wxa/../cgi-bin/token\"]}",
                "{\"paths\":[\"/wxa/%2e%2e\"]}",
                "{\"paths\":[\"/wxa/*/x\"]}",
                "{\"paths\":[\"/\"]}",
                "{\"paths\":[\"\"]}",
                "{\"paths\":[5]}",
                "{\"paths\":[null]}",
                "{\"paths\":\"/wxa\"}",
                "{\"paths\":{}}",
                "{\"path\":[\"/good\"]}",
                "{\"paths\":[\"/good\"],\"more\":1}",
                "{}",
                "[]",
                "rubbish"
            })
    void rubbishIsRefusedAndNothingIsLost(String body) throws Exception {
        server.send("PUT", SETTINGS, "{\"tokens\":true,\"paths\":[\"/present\"]}");
        JsonObject before = settings();

        for (Reply reply : List.of(
                server.send("PUT", SETTINGS, body),
                server.send("PUT", PATHS, body),
                server.send("DELETE", PATHS, body))) {
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.code()).isIn("REQUEST_INVALID", "INVALID_PERMISSION");
            assertThat(reply.message()).contains("expected");
        }
        assertThat(settings()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"on\":\"true\"}", "{\"on\":1}", "{\"tokens\":\"off\",\"on\":false}"})
    void aSwitchIsTrueOrFalse(String body) throws Exception {
        Reply reply = server.send("PUT", SETTINGS, body);

        assertThat(reply.code()).isEqualTo("REQUEST_INVALID");
        assertThat(reply.message()).contains("(expected: true or false)");
        assertThat(settings().getBoolean("on")).isTrue();
    }

    @Test
    void aListHasAnEnd() throws Exception {
        JsonArray most = new JsonArray();
        IntStream.range(0, CloudCall.MOST_PATHS).forEach(i -> most.add("/wxa/" + i));
        assertThat(server.send("PUT", PATHS, new JsonObject().put("paths", most).encode())
                        .status())
                .isEqualTo(200);

        Reply tooMany = server.send("PUT", PATHS, "{\"paths\":[\"/one/more\"]}");

        assertThat(tooMany.code()).isEqualTo("INVALID_PERMISSION");
        assertThat(tooMany.message()).contains("1001 paths (expected: <= 1000)");
        assertThat(settings().getJsonArray("paths")).hasSize(CloudCall.MOST_PATHS);
    }

    @Test
    void nothingIsLostWhenManyAddAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> replies = IntStream.range(0, 20)
                    .mapToObj(i ->
                            threads.submit(() -> server.send("PUT", PATHS, "{\"paths\":[\"/wxa/%d\"]}".formatted(i))))
                    .toList();
            for (Future<Reply> reply : replies) {
                assertThat(reply.get().status()).isEqualTo(200);
            }
        }

        assertThat(settings().getJsonArray("paths")).hasSize(20);
    }

    @Test
    void everyChangeIsAnEventWithWhoAndWhat() throws Exception {
        server.raw(server.authorised(PATHS)
                .header(OperatorEvents.ACTOR_HEADER, "alice@laptop")
                .PUT(BodyPublishers.ofString("{\"paths\":[\"/wxa/msg_sec_check\"]}"))
                .build());
        server.send("PUT", PATHS, "{\"paths\":[\"/wxa/msg_sec_check\"]}"); // changes nothing
        server.send("PUT", SETTINGS, "{\"on\":false,\"tokens\":true,\"paths\":[\"/a\"]}");

        JsonArray events =
                server.get("/api/v1/events?kind=cloud_call_changed").json().getJsonArray("events");
        assertThat(events).hasSize(2);
        assertThat(events.getJsonObject(1).getString("actor")).isEqualTo("operator:alice@laptop");
        assertThat(events.getJsonObject(1).getString("environment")).isEqualTo("prod-01");
        assertThat(events.getJsonObject(1).getString("reason")).isEqualTo("added /wxa/msg_sec_check");
        assertThat(events.getJsonObject(0).getString("reason"))
                .isEqualTo("switched off; token file on; added /a; removed /wxa/msg_sec_check");
    }

    @Test
    void anUnknownEnvironmentIsToldBeforeTheBodyIsJudged() throws Exception {
        Reply reply = server.send("PUT", "/api/v1/environments/nowhere/cloud-call", "rubbish");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("ENV_UNKNOWN");
    }

    private JsonObject settings() throws Exception {
        return server.get(SETTINGS).json();
    }
}
