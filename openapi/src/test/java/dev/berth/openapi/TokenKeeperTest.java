package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.AccessToken;
import dev.berth.core.TokenStore;
import dev.berth.openapi.ScriptedWeChat.Seen;
import dev.berth.openapi.World.Told;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenKeeperTest {
    private static final String OK = "{\"errcode\":0,\"errmsg\":\"ok\"}";

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
    void aThousandWhoAskAtOnceCauseOneRequestForAToken() {
        List<CompletableFuture<Told>> calls = IntStream.range(0, 1000)
                .mapToObj(i -> world.ask(HttpMethod.GET, World.LISTED, "i=" + i, ""))
                .toList();

        assertThat(calls).allSatisfy(call -> assertThat(call.join().body()).hasToString(OK));
        assertThat(weChat.seen(ScriptedWeChat.ISSUE)).hasSize(1);
        assertThat(weChat.seen(World.LISTED))
                .hasSize(1000)
                .allMatch(call -> call.token().equals("TOKEN-1"));
    }

    @Test
    void twoNodesWithOneStoreCauseOneRequestForAToken() {
        try (World other = new World(vertx, world.options, world.tokens)) {
            List<CompletableFuture<Told>> calls = IntStream.range(0, 100)
                    .mapToObj(i -> (i % 2 == 0 ? world : other).ask(HttpMethod.GET, World.LISTED, "", ""))
                    .toList();

            assertThat(calls).allSatisfy(call -> assertThat(call.join().body()).hasToString(OK));
            assertThat(weChat.issued).hasValue(1);
            assertThat(world.tokens.claimRenewal(World.OWNER, "another", world.wall(), world.wall()))
                    .as("the claim was given back")
                    .isTrue();
        }
    }

    @Test
    void aNodeThatDiedWhileItRenewedIsNotWaitedForForEver() {
        world.tokens.claimRenewal(
                World.OWNER, "dead", world.wall(), world.wall().plusSeconds(1));

        assertThat(world.get(World.LISTED).body()).hasToString(OK);
        assertThat(weChat.issued).hasValue(1);
    }

    @Test
    void theTokenIsAskedForAsDocumented() {
        world.get(World.LISTED);
        Seen seen = weChat.seen(ScriptedWeChat.ISSUE).getFirst();

        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.query()).isNull();
        assertThat(seen.body().toJsonObject())
                .isEqualTo(new JsonObject()
                        .put("grant_type", "client_credential")
                        .put("appid", World.OWNER)
                        .put("secret", World.SECRET)
                        .put("force_refresh", false));
    }

    @Test
    void theOldWayToATokenIsAnOption() {
        try (World old =
                new World(vertx, world.options.withTokens(PipelineOptions.TokenSource.TOKEN), new MemoryTokens())) {
            assertThat(old.get(World.LISTED).body()).hasToString(OK);
        }
        assertThat(weChat.seen("/cgi-bin/token").getFirst().query())
                .isEqualTo("grant_type=client_credential&appid=" + World.OWNER + "&secret=" + World.SECRET);
    }

    @ParameterizedTest
    @Tag("OA-48")
    @ValueSource(ints = {40001, 40014, 42001})
    void aStaleTokenIsRenewedOnceAndTheCallRepeatedOnce(int errcode) {
        answerStaleUnless("TOKEN-2", errcode);
        Told told = world.ask(HttpMethod.POST, World.LISTED, "a=b", "{\"c\":1}").join();

        assertThat(told.body()).hasToString(OK);
        assertThat(weChat.seen(World.LISTED)).extracting(Seen::token).containsExactly("TOKEN-1", "TOKEN-2");
        assertThat(weChat.seen(World.LISTED))
                .allMatch(call -> call.body().toString().equals("{\"c\":1}"));
        assertThat(world.records.getLast().tries()).isEqualTo(2);
        assertThat(weChat.seen(ScriptedWeChat.ISSUE))
                .extracting(request -> request.body().toJsonObject().getBoolean("force_refresh"))
                .as("WeChat would give the same token again")
                .containsExactly(false, true);
    }

    @Test
    @Tag("OA-19")
    void nothingIsRecursiveWhenWeChatAlwaysCallsTheTokenStale() {
        weChat.answer(World.LISTED, 42001, "access_token expired rid: 1-2-3");
        Told told = world.get(World.LISTED);

        assertThat(told.body()).hasToString(ScriptedWeChat.error(42001, "access_token expired rid: 1-2-3"));
        assertThat(weChat.seen(World.LISTED)).hasSize(2);
        assertThat(weChat.issued).as("the first token and one renewal").hasValue(2);

        for (int i = 0; i < 20; i++) {
            world.get(World.LISTED);
        }
        assertThat(weChat.issued)
                .as("a loop of calls does not make a loop of renewals")
                .hasValue(2);
    }

    @Test
    void aThousandStaleAnswersCauseOneRenewal() {
        world.get(World.LISTED);
        answerStaleUnless("TOKEN-2", 42001);
        List<CompletableFuture<Told>> calls = IntStream.range(0, 1000)
                .mapToObj(i -> world.ask(HttpMethod.GET, World.LISTED, "", ""))
                .toList();

        assertThat(calls).allSatisfy(call -> assertThat(call.join().body()).hasToString(OK));
        assertThat(weChat.issued).hasValue(2);
    }

    @Test
    void aTokenThatAnotherNodeHasRenewedIsTakenFromTheStore() {
        try (World other = new World(vertx, world.options, world.tokens)) {
            world.get(World.LISTED);
            other.get(World.LISTED);
            answerStaleUnless("TOKEN-2", 42001);
            assertThat(world.get(World.LISTED).body()).hasToString(OK);
            assertThat(other.get(World.LISTED).body()).hasToString(OK);
        }
        assertThat(weChat.issued).hasValue(2);
    }

    @Test
    void aBodyThatIsTooLargeToKeepIsNotRepeatedButTheNextCallHasAnotherToken() {
        answerStaleUnless("TOKEN-2", 42001);
        String large = "x".repeat(RequestBody.KEPT + 1);
        Told told = world.ask(HttpMethod.POST, World.LISTED, "", large).join();

        assertThat(told.body().toJsonObject().getInteger("errcode")).isEqualTo(42001);
        assertThat(weChat.seen(World.LISTED)).hasSize(1);
        await().untilAsserted(() -> assertThat(weChat.issued).hasValue(2));
        assertThat(world.get(World.LISTED).body()).hasToString(OK);

        Told repeated = world.ask(HttpMethod.POST, World.LISTED, "", "x".repeat(RequestBody.KEPT))
                .join();
        assertThat(repeated.body()).hasToString(OK);
    }

    @Test
    void theLargestBodyThatIsKeptIsRepeated() {
        answerStaleUnless("TOKEN-2", 42001);
        String body = "x".repeat(RequestBody.KEPT);

        assertThat(world.ask(HttpMethod.POST, World.LISTED, "", body).join().body())
                .hasToString(OK);
        assertThat(weChat.seen(World.LISTED).getLast().body().length()).isEqualTo(body.length());
    }

    @Test
    void anotherTokenIsFetchedBeforeTheEndAndNobodyWaitsForIt() throws InterruptedException {
        world.get(World.LISTED);
        world.pass(Duration.ofMinutes(114));
        world.get(World.LISTED);
        assertThat(weChat.issued).as("six minutes before the end").hasValue(1);
        world.pass(Duration.ofMinutes(5));
        CountDownLatch go = new CountDownLatch(1);
        weChat.takeOver(
                ScriptedWeChat.ISSUE,
                request -> vertx.executeBlocking(() -> {
                    go.await();
                    return request.response().end(weChat.issue());
                }));

        assertThat(world.get(World.LISTED).body()).as("with the old one").hasToString(OK);
        assertThat(weChat.seen(World.LISTED).getLast().token()).isEqualTo("TOKEN-1");
        go.countDown();
        await().untilAsserted(() -> {
            world.get(World.LISTED);
            assertThat(weChat.seen(World.LISTED).getLast().token()).isEqualTo("TOKEN-2");
        });
        assertThat(weChat.issued).hasValue(2);
    }

    @Test
    void aRefreshThatFailsDoesNotHurtWhileTheOldTokenLives() {
        world.get(World.LISTED);
        weChat.answer(ScriptedWeChat.ISSUE, -1, "system error");
        world.pass(Duration.ofMinutes(119));

        assertThat(world.get(World.LISTED).body()).hasToString(OK);
        await().untilAsserted(
                        () -> assertThat(weChat.seen(ScriptedWeChat.ISSUE)).hasSize(2));
        assertThat(world.get(World.LISTED).body()).hasToString(OK);
        world.pass(Duration.ofMinutes(2));
        assertThat(world.get(World.LISTED).refusal().errcode()).isEqualTo(85113);
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 86_400})
    void aWallClockThatJumpsChangesNothingInMemory(long seconds) {
        world.get(World.LISTED);
        world.wallSecondsAhead.addAndGet(seconds);
        world.get(World.LISTED);
        assertThat(weChat.issued).as("while the token lives").hasValue(1);

        world.nanosAhead.addAndGet(Duration.ofHours(2).toNanos());
        assertThat(world.get(World.LISTED).body()).hasToString(OK);
        assertThat(weChat.seen(World.LISTED).getLast().token()).isIn("TOKEN-1", "TOKEN-2");
    }

    @Test
    void aTokenInTheStoreLivesNoLongerThanItWasIssuedForWhereverTheClockStands() {
        long now = System.nanoTime();
        AccessToken shared = new AccessToken(
                "T", world.wall().plusSeconds(86_400), world.wall().plusSeconds(86_400 + 7200));
        HeldToken held = HeldToken.of(shared, world.wall(), now);

        assertThat(held.isAlive(now)).isTrue();
        assertThat(held.isAlive(now + Duration.ofHours(2).toNanos())).isFalse();
        assertThat(HeldToken.of(shared, world.wall().plusSeconds(200_000), now).isAlive(now))
                .isFalse();
    }

    @Test
    @Tag("OA-21")
    void anAppWithoutASecretIsToldSo() {
        world.secret = Optional.empty();
        Denial denial = world.get(World.LISTED).refusal();

        assertThat(new JsonObject(denial.body()))
                .isEqualTo(new JsonObject()
                        .put("errcode", 85112)
                        .put("errmsg", "cloudbase_secret not found")
                        .put("error_type", "GatewayError"));
        assertThat(denial.withSeqid()).isTrue();
        assertThat(denial.reason()).contains("berth apps add " + World.OWNER + " < secret.txt");
        assertThat(weChat.seen).isEmpty();
    }

    @ParameterizedTest
    @Tag("OA-21")
    @ValueSource(ints = {40001, 40013, 40125})
    void aWrongSecretIsTriedOnceUntilItIsAnotherOne(int errcode) {
        weChat.answer(ScriptedWeChat.ISSUE, errcode, "invalid appsecret rid: 1-2-3");
        for (int i = 0; i < 10; i++) {
            Denial denial = world.get(World.LISTED).refusal();
            assertThat(denial.errcode()).isEqualTo(85112);
            assertThat(denial.reason()).contains(Integer.toString(errcode), "berth apps add " + World.OWNER);
        }
        assertThat(weChat.seen(ScriptedWeChat.ISSUE)).hasSize(1);

        weChat.answer(ScriptedWeChat.ISSUE, request -> weChat.issue());
        world.secret = Optional.of("the right one");
        assertThat(world.get(World.LISTED).body()).hasToString(OK);
    }

    @Test
    void aWrongSecretIsTriedAgainAfterAMinute() {
        weChat.answer(ScriptedWeChat.ISSUE, 40125, "invalid appsecret");
        world.get(World.LISTED);
        world.pass(Duration.ofSeconds(61));
        world.get(World.LISTED);

        assertThat(weChat.seen(ScriptedWeChat.ISSUE)).hasSize(2);
    }

    @Test
    @Tag("OA-22")
    void aQuotaThatIsUsedUpIsNotHammered() {
        weChat.answer(ScriptedWeChat.ISSUE, 45009, "reach max api daily quota limit");
        for (int i = 0; i < 10; i++) {
            PermissionsTest.assertSays(
                    world.get(World.LISTED).refusal(),
                    85113,
                    "cloudbase_token is not ready yet, please try again later");
        }
        assertThat(weChat.seen(ScriptedWeChat.ISSUE)).hasSize(1);
    }

    @Test
    void aServerThatWeChatDoesNotKnowIsToldWhereToAddItsAddress() {
        weChat.answer(ScriptedWeChat.ISSUE, 40164, "invalid ip 203.0.113.9, not in whitelist rid: 1-2-3");

        assertThat(world.get(World.LISTED).refusal().reason()).contains("203.0.113.9", "IP list", "mp.weixin.qq.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "<html>",
                "{}",
                "{\"access_token\":\"x\"}",
                "{\"access_token\":\"x\",\"expires_in\":-1}"
            })
    void anAnswerThatIsNoTokenIsNone(String answer) {
        weChat.answer(ScriptedWeChat.ISSUE, request -> answer);
        Denial denial = world.get(World.LISTED).refusal();

        assertThat(denial.errcode()).isEqualTo(85113);
        assertThat(denial.reason()).contains("no token for " + World.OWNER);
    }

    @Test
    void anUnreachableWeChatIsRememberedForSecondsThatGrow() {
        weChat.takeOver(ScriptedWeChat.ISSUE, request -> request.connection().close());
        int[] pauses = {1, 2, 4, 5, 5};
        for (int tries = 1; tries <= pauses.length; tries++) {
            assertThat(world.get(World.LISTED).refusal().errcode()).isEqualTo(85113);
            world.pass(Duration.ofMillis(1000L * pauses[tries - 1] - 500));
            world.get(World.LISTED);
            assertThat(weChat.seen(ScriptedWeChat.ISSUE)).hasSize(tries);
            world.pass(Duration.ofMillis(501));
        }
    }

    @Test
    void nobodyListensAndSaysSo() {
        try (World nowhere = World.of(vertx, URI.create("http://127.0.0.1:1"))) {
            assertThat(nowhere.get(World.LISTED).refusal().reason())
                    .startsWith("no token for " + World.OWNER + ": WeChat at http://127.0.0.1:1 cannot be reached");
        }
    }

    private void answerStaleUnless(String token, int errcode) {
        weChat.answer(
                World.LISTED,
                call -> call.token().equals(token) ? OK : ScriptedWeChat.error(errcode, "token rid: 1-2-3"));
    }

    @Test
    void aCallIsSentTwiceAtMostHoweverManyTokensThereAre() {
        AtomicInteger puts = new AtomicInteger();
        TokenStore busy = new ScriptedTokens() {
            @Override
            public Optional<AccessToken> find(String appId) {
                return Optional.of(living("OTHER-" + puts.incrementAndGet()));
            }
        };
        weChat.answer(World.LISTED, 42001, "access_token expired rid: 1-2-3");
        try (World node = new World(vertx, world.options, busy)) {
            assertThat(node.get(World.LISTED).body().toJsonObject().getInteger("errcode"))
                    .isEqualTo(42001);
        }
        assertThat(weChat.seen(World.LISTED)).extracting(Seen::token).containsExactly("OTHER-1", "OTHER-2");
    }

    @Test
    void aTokenThatAnotherNodePutJustBeforeTheClaimIsTaken() {
        AtomicBoolean released = new AtomicBoolean();
        TokenStore racing = new ScriptedTokens() {
            private volatile Optional<AccessToken> put = Optional.empty();

            @Override
            public Optional<AccessToken> find(String appId) {
                return put;
            }

            @Override
            public boolean claimRenewal(String appId, String owner, Instant now, Instant until) {
                put = Optional.of(living("OTHER"));
                return true;
            }

            @Override
            public void releaseRenewal(String appId, String owner) {
                released.set(true);
            }
        };
        try (World node = new World(vertx, world.options, racing)) {
            assertThat(node.get(World.LISTED).body()).hasToString(OK);
        }
        assertThat(weChat.seen(World.LISTED)).extracting(Seen::token).containsExactly("OTHER");
        assertThat(weChat.issued).hasValue(0);
        assertThat(released).isTrue();
    }

    private AccessToken living(String value) {
        return new AccessToken(value, world.wall(), world.wall().plusSeconds(7200));
    }

    @Test
    void aStoreThatFailsIsDoneWithout() {
        try (World alone = new World(vertx, world.options, new ScriptedTokens())) {
            assertThat(alone.get(World.LISTED).body()).hasToString(OK);
            assertThat(alone.get(World.LISTED).body()).hasToString(OK);
        }
        assertThat(weChat.issued).hasValue(1);
    }

    @Test
    void aTokenIsNoPartOfAnyText() {
        assertThat(new TokenOutcome.Had("TOKEN-1", 0).toString()).doesNotContain("TOKEN-1");
        assertThat(new TokenRequest.Issued("TOKEN-1", 1).toString()).doesNotContain("TOKEN-1");
        assertThat(HeldToken.of("TOKEN-1", Duration.ofHours(1), 0).toString()).doesNotContain("TOKEN-1");
        assertThat(World.question("", HttpMethod.GET, "/a", "q=TOKEN-1", 0, new BufferStream(Buffer.buffer()))
                        .toString())
                .doesNotContain("TOKEN-1");
    }

    /** Fails, but for what a test makes of it. */
    private static class ScriptedTokens implements TokenStore {
        @Override
        public Optional<AccessToken> find(String appId) {
            throw new IllegalStateException("the store is gone");
        }

        @Override
        public boolean claimRenewal(String appId, String owner, Instant now, Instant until) {
            throw new IllegalStateException("the store is gone");
        }

        @Override
        public void put(String appId, String owner, AccessToken token) {
            throw new IllegalStateException("the store is gone");
        }

        @Override
        public void releaseRenewal(String appId, String owner) {
            throw new IllegalStateException("the store is gone");
        }
    }
}
