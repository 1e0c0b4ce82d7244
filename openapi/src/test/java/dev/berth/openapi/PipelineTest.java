package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.core.Asker;
import dev.berth.core.OpenApiRecord;
import dev.berth.openapi.ScriptedWeChat.Seen;
import dev.berth.openapi.World.Told;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("OA-1")
class PipelineTest {
    private final Vertx vertx = Vertx.vertx();
    private final ScriptedWeChat weChat = new ScriptedWeChat(vertx);
    private final World world = World.of(vertx, weChat.baseUrl());

    @AfterEach
    void close() {
        world.close();
        weChat.close();
        vertx.close().await();
    }

    @Test
    @Tag("OA-8")
    void sendsTheRequestAsItIsWithATokenAndGivesTheAnswerAsItIs() {
        weChat.answer(World.LISTED, request -> "{\"errcode\": 0, \"odd\":  \"spaces\"}");
        Told told = world.ask(HttpMethod.POST, World.LISTED, "a=%20b&a=c&&x", "{\"content\":\"云\"}")
                .join();

        assertThat(told.body()).hasToString("{\"errcode\": 0, \"odd\":  \"spaces\"}");
        assertThat(told.reply().status()).isEqualTo(200);
        assertThat(told.reply().headers().get("content-type")).isEqualTo(ScriptedWeChat.JSON);
        assertThat(told.reply().headers().contains("content-length")).isFalse();
        Seen seen = weChat.seen(World.LISTED).getFirst();
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.query()).isEqualTo("access_token=TOKEN-1&a=%20b&a=c&&x");
        assertThat(seen.body()).hasToString("{\"content\":\"云\"}");
        assertThat(seen.headers().get("content-type")).isEqualTo("application/json");
        assertThat(seen.headers().get("host")).isEqualTo(weChat.baseUrl().getAuthority());
    }

    @Test
    void headersOfTheConnectionAndOfTheHostStayBehind() {
        Question question = World.question("", HttpMethod.GET, World.LISTED, "", 0, new BufferStream(Buffer.buffer()));
        question.headers()
                .add("host", "api.weixin.qq.com")
                .add("connection", "close, x-hop")
                .add("x-hop", "1")
                .add("accept-encoding", "gzip")
                .add("transfer-encoding", "chunked")
                .add("x-mine", "2");
        world.ask(question).join();

        assertThat(weChat.seen(World.LISTED).getFirst().headers().names())
                .contains("x-mine", "host")
                .doesNotContain("x-hop", "accept-encoding", "transfer-encoding", "connection");
        assertThat(question.headers().contains("x-hop"))
                .as("the asker's own stay as they were")
                .isTrue();
    }

    @Test
    @Tag("OA-44")
    void aGetWithABodyPasses() {
        world.ask(HttpMethod.GET, World.LISTED, "", "{}").join();

        assertThat(weChat.seen(World.LISTED).getFirst().body()).hasToString("{}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64 * 1024, 64 * 1024 + 1, 3_000_000})
    void anAnswerOfAnySizeArrivesWhole(int size) {
        byte[] picture = new byte[size];
        new Random(1).nextBytes(picture);
        weChat.takeOver(
                "/img/a",
                request -> request.response()
                        .putHeader("content-type", "image/jpeg")
                        .end(Buffer.buffer(picture)));
        Told told = world.get("/img/a");

        assertThat(told.body().getBytes()).isEqualTo(picture);
        assertThat(told.reply().length()).isEqualTo(size);
        assertThat(told.brokeOff()).isNull();
        assertThat(told.streamed()).isTrue();
    }

    @Test
    void aLargeJsonAnswerIsStreamedFromTheFirstByteOn() {
        String large = "{\"list\":\"" + "x".repeat(200_000) + "\"}";
        weChat.takeOver(
                World.LISTED,
                request -> request.response()
                        .setChunked(true)
                        .putHeader("content-type", "application/json")
                        .end(large));
        Told told = world.get(World.LISTED);

        assertThat(told.streamed()).isTrue();
        assertThat(told.body()).hasToString(large);
    }

    @Test
    void anAnswerToHeadHasALengthAndNoBody() {
        weChat.takeOver(
                World.LISTED,
                request -> request.response()
                        .putHeader("content-length", "123456")
                        .putHeader("content-type", "application/json")
                        .end());
        Told told = world.ask(HttpMethod.HEAD, World.LISTED, "", "").join();

        assertThat(told.reply().length()).isEqualTo(123456);
        assertThat(told.body().length()).isZero();
    }

    @Test
    void everyCallIsRecorded() {
        weChat.answer(World.LISTED, 45009, "reach max api daily quota limit rid: 1-2-3");
        assertThat(world.get(World.LISTED).body())
                .hasToString(ScriptedWeChat.error(45009, "reach max api daily quota limit rid: 1-2-3"));
        world.get("/wxa/other");

        assertThat(world.records)
                .extracting(OpenApiRecord::path)
                .containsExactly(ScriptedWeChat.ISSUE, World.LISTED, "/wxa/other");
        OpenApiRecord token = world.records.get(0);
        assertThat(token.asker()).isEqualTo(new Asker.PlatformAsker());
        OpenApiRecord call = world.records.get(1);
        assertThat(call)
                .extracting(
                        OpenApiRecord::asker,
                        OpenApiRecord::appId,
                        OpenApiRecord::method,
                        OpenApiRecord::status,
                        OpenApiRecord::errcode,
                        OpenApiRecord::tries,
                        OpenApiRecord::reason)
                .containsExactly(World.INSTANCE, World.OWNER, "GET", 200, 45009, 1, Optional.empty());
        OpenApiRecord denied = world.records.get(2);
        assertThat(denied)
                .extracting(OpenApiRecord::errcode, OpenApiRecord::tries)
                .containsExactly(85107, 0);
        assertThat(denied.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("berth permissions add"));
        assertThat(weChat.seen(World.LISTED))
                .as("45009 is passed on, not hammered")
                .hasSize(1);
    }

    @Test
    @Tag("OA-49")
    void codesAreExchangedWithThePlatformsSecret() {
        weChat.answer("/sns/jscode2session", request -> "{\"openid\":\"oAlice\",\"session_key\":\"k\"}");
        Told told = world.ask(
                        HttpMethod.GET,
                        "/sns/jscode2session",
                        "appid=wxOther&%73ecret=guess&secret=guess&js_code=c%2F1&grant_type=authorization_code",
                        "")
                .join();

        assertThat(told.body()).hasToString("{\"openid\":\"oAlice\",\"session_key\":\"k\"}");
        assertThat(weChat.seen.getFirst().query())
                .isEqualTo("appid=" + World.OWNER + "&secret=" + World.SECRET
                        + "&js_code=c%2F1&grant_type=authorization_code");
        assertThat(weChat.issued).as("tokens issued").hasValue(0);
    }

    @Test
    @Tag("OA-49")
    void aTokenThatIsAskedForIsThePlatformsOwn() {
        world.get(World.LISTED);
        for (String path : List.of("/cgi-bin/token", "/cgi-bin/stable_token")) {
            JsonObject json = world.ask(HttpMethod.POST, path, "appid=x&secret=y", "{\"force_refresh\":true}")
                    .join()
                    .body()
                    .toJsonObject();
            assertThat(json.getString("access_token")).isEqualTo("TOKEN-1");
            assertThat(json.getInteger("expires_in")).isBetween(7100, 7200);
        }
        assertThat(weChat.issued).hasValue(1);
    }

    @Test
    void operatorsAskInTheNameOfAnAppWithoutAList() {
        weChat.answer("/wxa/any", request -> "{\"errcode\":0,\"got\":" + request.body() + "}");
        var body = JsonNodeFactory.instance.objectNode().put("a", 1);

        assertThat(world.await(world.pipeline.call(
                                new Asker.OperatorAsker("operator"),
                                World.OWNER,
                                HttpMethod.POST,
                                "/wxa/any",
                                "",
                                Optional.of(body)))
                        .path("got"))
                .isEqualTo(body);
        assertThat(weChat.seen("/wxa/any").getFirst().query()).isEqualTo("access_token=TOKEN-1");
    }

    @Test
    void anInHouseCallThatFailsSaysWhy() {
        world.secret = Optional.empty();
        var call = world.pipeline.call(
                new Asker.PlatformAsker(), World.OWNER, HttpMethod.GET, "/wxa/any", "", Optional.empty());

        assertThatThrownBy(() -> world.await(call)).hasMessageContaining("berth apps add " + World.OWNER);
    }
}
