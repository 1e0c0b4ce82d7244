package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Asker;
import dev.berth.core.FunctionId;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.WeChat;
import dev.berth.core.WeChat.Answered;
import dev.berth.core.WeChat.Cause;
import dev.berth.core.WeChat.Unanswered;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Functions ask WeChat. */
@Tag("AD-36")
class PipelineWeChatTest {
    private static final Asker FUNCTION = new Asker.FunctionAsker(new FunctionId(World.ENV, "sum"), "request-1");
    private static final String SEND = "/cgi-bin/message/subscribe/send";

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedWeChat scripted = new ScriptedWeChat(vertx);
    private final World world = new World(
            vertx, PipelineOptions.of(scripted.baseUrl()).withLimits(4, 4, Duration.ofSeconds(1)), new MemoryTokens());
    private final WeChat weChat = new PipelineWeChat(world.pipeline);

    @AfterEach
    void close() {
        world.close();
        scripted.close();
        vertx.close().await();
    }

    private WeChat.Answer ask(String appId, String method, String path, String query, String type, String body) {
        return weChat.ask(new WeChat.Question(
                        FUNCTION,
                        appId,
                        method,
                        path,
                        query,
                        Optional.of(type).filter(given -> !given.isEmpty()),
                        body.getBytes(ISO_8859_1)))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private WeChat.Answer get(String path) {
        return ask("", "GET", path, "", "", "");
    }

    private List<OpenApiRecord> records() {
        return world.records.stream()
                .filter(call -> call.asker().equals(FUNCTION))
                .toList();
    }

    private static Unanswered unanswered(WeChat.Answer answer) {
        assertThat(answer).isInstanceOf(Unanswered.class);
        return (Unanswered) answer;
    }

    private static Answered answered(WeChat.Answer answer) {
        assertThat(answer).isInstanceOf(Answered.class);
        return (Answered) answer;
    }

    @Test
    @Tag("AD-40")
    void getWhatWeChatSaysUnchangedWhateverTheListOfServicesHolds() {
        world.cloudCall = world.cloudCall.withOn(false).withPaths(Set.of());
        scripted.answer(SEND, 43101, "user refuse to accept the msg");

        Answered answered = answered(ask("", "POST", SEND, "a=%31", "application/json", "{\"touser\":\"o\"}"));

        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.contentType()).isEqualTo(ScriptedWeChat.JSON);
        assertThat(new String(answered.body(), UTF_8))
                .isEqualTo(ScriptedWeChat.error(43101, "user refuse to accept the msg"));
        ScriptedWeChat.Seen seen = scripted.seen(SEND).getFirst();
        assertThat(seen.query()).isEqualTo("access_token=TOKEN-1&a=%31");
        assertThat(seen.body()).hasToString("{\"touser\":\"o\"}");
        assertThat(seen.headers().get("content-type")).isEqualTo("application/json");
        assertThat(seen.headers().get("content-length")).isEqualTo("14");
        assertThat(records())
                .singleElement()
                .extracting(OpenApiRecord::asker, OpenApiRecord::appId, OpenApiRecord::errcode)
                .containsExactly(FUNCTION, World.OWNER, 43101);
        assertThat(FUNCTION).hasToString("function prod-01/sum");
    }

    @Test
    void askWithoutABodyWithoutAType() {
        answered(get("/wxa/x"));

        ScriptedWeChat.Seen seen = scripted.seen("/wxa/x").getFirst();
        assertThat(seen.method()).isEqualTo("GET");
        assertThat(seen.headers().contains("content-type")).isFalse();
    }

    @Test
    @Tag("AD-39")
    void sendPartsByteForByte() {
        String type = "multipart/form-data; boundary=\"----b\"";
        String part = "Content-Disposition: form-data; name=\"media\"; filename=\"media.png\"";
        String body = String.join(
                "\r\n",
                "------b",
                part,
                "Content-Type: image/png",
                "",
                "\u0089PNG\r\n\u001a\n\0\u00ff",
                "------b--",
                "");

        answered(ask("", "POST", "/wxa/img_sec_check", "", type, body));

        ScriptedWeChat.Seen seen = scripted.seen("/wxa/img_sec_check").getFirst();
        assertThat(seen.headers().get("content-type")).isEqualTo(type);
        assertThat(seen.body().getBytes()).isEqualTo(body.getBytes(ISO_8859_1));
    }

    @Test
    @Tag("OA-48")
    void areNotToldOfAStaleToken() {
        scripted.answer(
                SEND,
                seen -> seen.token().equals("TOKEN-1")
                        ? ScriptedWeChat.error(40001, "invalid credential")
                        : ScriptedWeChat.error(0, "ok"));

        assertThat(new String(answered(ask("", "POST", SEND, "", "", "{}")).body(), UTF_8))
                .contains("\"errcode\":0");
    }

    @Test
    @Tag("AD-38")
    void askInTheNameOfAnAppWithAGrantAndOfNoOther() {
        answered(ask(World.GRANTED, "GET", "/wxa/x", "", "", ""));
        assertThat(world.records.getLast().appId()).isEqualTo(World.GRANTED);

        Unanswered denied = unanswered(ask("wx9999999999999999", "GET", "/wxa/y", "", "", ""));
        assertThat(denied.cause()).isEqualTo(Cause.DENIED);
        assertThat(denied.reason()).contains("wx9999999999999999", "berth grant");
        assertThat(scripted.seen("/wxa/y")).isEmpty();
    }

    @Test
    void areToldWhatToMend() {
        world.secret = Optional.empty();
        Unanswered secretless = unanswered(get("/wxa/x"));
        assertThat(secretless.cause()).isEqualTo(Cause.DENIED);
        assertThat(secretless.reason()).contains("secret");

        world.gone = true;
        assertThat(unanswered(get("/wxa/x")).cause()).isEqualTo(Cause.DENIED);
    }

    @Test
    @Tag("OA-22")
    void getNothingWithoutAToken() {
        scripted.answer(ScriptedWeChat.ISSUE, -1, "system busy");
        assertThat(unanswered(get("/wxa/x")).cause()).isEqualTo(Cause.BROKEN);
    }

    @Test
    @Tag("AD-40")
    void doNotWaitForWeChatForever() {
        scripted.takeOver("/wxa/x", request -> {});
        Unanswered late = unanswered(get("/wxa/x"));
        assertThat(late.cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(late.reason()).contains("within 1 s");
    }

    @Test
    void areToldWhenWeChatBreaksOff() {
        scripted.takeOver("/wxa/x", request -> request.connection().close());
        assertThat(unanswered(get("/wxa/x")).cause()).isEqualTo(Cause.BROKEN);

        scripted.takeOver(
                "/img/x",
                request -> request.response()
                        .putHeader("content-type", "image/png")
                        .putHeader("content-length", "10")
                        .write("half")
                        .onComplete(sent -> request.connection().close()));
        Unanswered half = unanswered(get("/img/x"));
        assertThat(half.cause()).isEqualTo(Cause.BROKEN);
        assertThat(half.reason()).contains("broke off");
    }

    @Test
    void getPicturesWholeUpToALimit() {
        byte[] picture = new byte[PipelineWeChat.LONGEST_ANSWER];
        picture[picture.length - 1] = (byte) 0xff;
        scripted.takeOver(
                "/img/fits",
                request -> request.response()
                        .putHeader("content-type", "image/jpeg")
                        .end(Buffer.buffer(picture)));
        Answered whole = answered(get("/img/fits"));
        assertThat(whole.contentType()).isEqualTo("image/jpeg");
        assertThat(whole.body()).isEqualTo(picture);

        scripted.takeOver(
                "/img/large",
                request -> request.response()
                        .putHeader("content-type", "image/jpeg")
                        .end(Buffer.buffer(picture).appendByte((byte) 1)));
        Unanswered large = unanswered(get("/img/large"));
        assertThat(large.cause()).isEqualTo(Cause.BROKEN);
        assertThat(large.reason()).contains("more than 20971520 bytes");
        Awaitility.await().until(() -> records().size() == 2);
    }

    @Test
    void getAnAnswerEvenWhenTheServerIsClosed() {
        world.close();
        assertThat(unanswered(get("/wxa/x")).cause()).isEqualTo(Cause.BROKEN);
    }
}
