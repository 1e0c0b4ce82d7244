package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.SignIn;
import dev.berth.openapi.PipelineOptions.TokenSource;
import dev.berth.openapi.ScriptedStream.Ending;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("OA-25")
class SecretsInLogTest {
    private static final String CODE = "the-code-of-a-login";

    private final CapturedLog log = CapturedLog.start();
    private final Vertx vertx = Vertx.vertx();
    private final ScriptedWeChat weChat = new ScriptedWeChat(vertx);
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        weChat.close();
        vertx.close().await();
        log.close();
    }

    @Test
    void nothingThatGoesWrongTellsASecretOrAToken() {
        for (TokenSource source : TokenSource.values()) {
            String issue = source == TokenSource.TOKEN ? "/cgi-bin/token" : ScriptedWeChat.ISSUE;
            run(source, issue);
            try (World nowhere =
                    new World(vertx, options(source, URI.create("http://127.0.0.1:1")), new MemoryTokens())) {
                fail(nowhere);
            }
        }
        assertThat(weChat.seen)
                .as("what was sent with a token")
                .anyMatch(call -> call.token().startsWith("TOKEN-"));
        assertThat(log.ofBerth()).as("denials that were logged").hasSizeGreaterThan(10);
        for (String secret : List.of(World.SECRET, "TOKEN-", CODE)) {
            assertThat(log.all()).doesNotContain(secret);
            assertThat(String.join("\n", told)).doesNotContain(secret);
        }
    }

    @Test
    void anAnswerThatRepeatsTheAddressOfTheRequestTellsNeither() {
        for (String path : List.of(World.LISTED, "/sns/jscode2session")) {
            weChat.takeOver(
                    path,
                    request -> request.response()
                            .setStatusCode(302)
                            .putHeader("location", "https://elsewhere" + request.uri())
                            .putHeader("content-type", "text/html")
                            .end("<a href=\"" + request.uri() + "\">云</a>"));
            try (World world = new World(vertx, options(TokenSource.TOKEN, weChat.baseUrl()), new MemoryTokens())) {
                World.Told answer = world.ask(HttpMethod.GET, path, "a=b", "").join();

                assertThat(answer.reply().headers().get("location"))
                        .startsWith("https://elsewhere" + path + "?")
                        .contains("=***", "a=b")
                        .doesNotContain("TOKEN-", World.SECRET);
                assertThat(answer.body().toString())
                        .contains("=***", "a=b", ">云<")
                        .doesNotContain("TOKEN-", World.SECRET);
            }
        }
    }

    private void run(TokenSource source, String issue) {
        weChat.answer(World.LISTED, 45009, "reach max api daily quota limit");
        weChat.answer("/sns/jscode2session", 40029, "invalid code");
        weChat.answer(issue, 40125, "invalid appsecret " + World.SECRET + " rid: 1-2-3");
        failOnce(source);
        weChat.answer(issue, request -> "<html>" + World.SECRET);
        failOnce(source);
        weChat.takeOver(issue, request -> request.connection().close());
        failOnce(source);
        weChat.takeOver(issue, request -> request.response().end(weChat.issue()));
        weChat.answer(World.LISTED, 42001, "access_token expired");
        failOnce(source);
        weChat.takeOver(World.LISTED, request -> request.connection().close());
        weChat.takeOver("/sns/jscode2session", request -> request.connection().close());
        failOnce(source);
        weChat.takeOver(World.LISTED, request -> {});
        weChat.takeOver("/sns/jscode2session", request -> {});
        failOnce(source);
    }

    private void failOnce(TokenSource source) {
        try (World world = new World(vertx, options(source, weChat.baseUrl()), new MemoryTokens())) {
            fail(world);
        }
    }

    private void fail(World world) {
        world.secret = Optional.of(World.SECRET);
        told.add(world.get(World.LISTED).toString());
        told.add(world.ask(World.question(
                        "", HttpMethod.POST, World.LISTED, "", 100, new ScriptedStream(1, 10, Ending.BREAK)))
                .join()
                .toString());
        told.add(world.ask(HttpMethod.GET, "/sns/jscode2session", "js_code=" + CODE, "")
                .join()
                .toString());
        SignIn.Outcome outcome = new WeChatSignIn(world.pipeline)
                .exchange(World.OWNER, CODE)
                .toCompletableFuture()
                .join();
        told.add(outcome.toString());
        told.addAll(world.records.stream().map(Object::toString).toList());
    }

    private static PipelineOptions options(TokenSource source, URI baseUrl) {
        return PipelineOptions.of(baseUrl).withTokens(source).withLimits(4, 4, Duration.ofMillis(300));
    }
}
