package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.AccessToken;
import dev.berth.openapi.ScriptedStream.Ending;
import dev.berth.openapi.World.Told;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.streams.ReadStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("OA-23")
class FaultsTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final long LARGE = 64L * 1024 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedWeChat weChat = new ScriptedWeChat(vertx);
    private final MemoryTokens tokens = new MemoryTokens();
    private World world = world(weChat.baseUrl(), 64, 1000, Duration.ofSeconds(20));

    @AfterEach
    void close() {
        world.close();
        weChat.close();
        vertx.close().await();
    }

    /** What WeChat sends; whether it closes then; the error_code; 0 for a stream that breaks off. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            | false | 10103
            | true  | 10102
            HTTP/1.1 200 OK~                                                                        | false | 10103
            HTTP/1.1 200 OK~Content-Length: 100~Content-Type: application/json~~{"a":               | false | 10103
            HTTP/1.1 200 OK~Content-Length: 100~Content-Type: application/json~~{"a":               | true  | 10102
            HTTP/1.1 200 OK~Content-Length: 100~~                                                   | true  | 10102
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~{"a":~                                    | true  | 10102
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~{"a":~zz~                                 | false | 10102
            HTTP/1.1 200 OK~Content-Length: 5~Content-Length: 7~~{"a":                              | true  | 10102
            HTTP/1.1 200 OK~Content-Length: -5~~{"a":                                               | true  | 10102
            HTTP/1.1 102 Processing~~                                                               | false | 10102
            HTTP/1.1 101 Switching Protocols~~                                                      | false | 10102
            HTTP/9.9 200 OK~Content-Length: 0~~                                                     | false | 10102
            SSH-2.0-OpenSSH_9.6~~                                                                   | false | 10102
            HTTP/1.1 200 OK~Content-Length: 100~Content-Type: image/png~~PNG                        | true  | 0
            HTTP/1.1 200 OK~Content-Length: 100~Content-Type: image/png~~PNG                        | false | 0
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~Content-Type: image/png~~3~PNG~              | true  | 0
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~Content-Type: image/png~~3~PNG~zz~           | false | 0
            """)
    void anAnswerThatIsNoneIsToldOrBrokenOffButNeverTakenForAWholeOne(String bytes, boolean closes, int code) {
        NetServer raw = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(request -> {
                    if (bytes != null) {
                        socket.write(Buffer.buffer(bytes.replace("~", "\r\n").getBytes(ISO_8859_1)));
                    }
                    if (closes) {
                        socket.close();
                    }
                }))
                .listen(0, "127.0.0.1")
                .await();
        try (World faulty = world(URI.create("http://127.0.0.1:" + raw.actualPort()), 64, 1000, SOON)) {
            Told told = faulty.get(World.LISTED);
            if (code == 0) {
                assertThat(told.streamed()).isTrue();
                assertThat(told.brokeOff()).isNotNull();
            } else {
                assertProxyError(told.refusal(), 502, code);
            }
            assertThat(faulty.records).singleElement().satisfies(call -> {
                assertThat(call.tries()).isEqualTo(1);
                assertThat(call.reason()).isPresent();
            });
        }
        raw.close().await();
    }

    @Test
    void nobodyThereIsToldAtOnce() {
        try (World nowhere = world(URI.create("http://127.0.0.1:1"), 64, 1000, SOON)) {
            Denial denial = nowhere.get(World.LISTED).refusal();
            assertProxyError(denial, 502, 10101);
            assertThat(denial.reason()).isEqualTo("WeChat at http://127.0.0.1:1 cannot be reached (ConnectException)");
            assertThat(nowhere.records.getFirst().tries()).isZero();
        }
    }

    /** What the asker declares, sends, and how it ends. */
    @ParameterizedTest
    @CsvSource({
        "100, 3, 20, END",
        "50, 3, 20, END",
        "60, 2, 20, BREAK",
        "-1, 2, 20, BREAK",
        "2000000, 3, 600000, END",
        "40, 3, 20, END"
    })
    void aBodyThatIsNotWhatWasAnnouncedIsNeverPassedOnAsAWhole(long declared, int pieces, int size, Ending ending) {
        ScriptedStream body = new ScriptedStream(pieces, size, ending);
        Told told = world.ask(World.question("", HttpMethod.POST, World.LISTED, "", declared, body))
                .join();

        assertProxyError(told.refusal(), 400, 10105);
        assertThat(told.refusal().reason()).contains("the body of the request");
        assertThat(world.get(World.LISTED).answer()).as("the next call").isNotNull();
        assertThat(weChat.seen(World.LISTED)).as("whole requests").hasSize(1);
    }

    @Test
    void aBodyThatDoesNotGoOnIsNotWaitedForForEver() {
        try (World impatient = world(weChat.baseUrl(), 64, 1000, SOON)) {
            ScriptedStream body = new ScriptedStream(1, 20, Ending.SILENCE);
            Denial denial = impatient
                    .ask(World.question("", HttpMethod.POST, World.LISTED, "", 100, body))
                    .join()
                    .refusal();
            assertProxyError(denial, 502, 10103);
            assertThat(denial.reason()).startsWith("the body of the request did not go on");
        }
    }

    @Test
    void aBodyOfUnknownLengthPasses() {
        ScriptedStream body = new ScriptedStream(30, 100_000, Ending.END);
        Told told = world.ask(World.question("", HttpMethod.POST, World.LISTED, "", -1, body))
                .join();

        assertThat(told.reply().status()).isEqualTo(200);
        assertThat(weChat.seen(World.LISTED).getFirst().body().length()).isEqualTo(3_000_000);
    }

    @Test
    void anAnswerBeforeTheEndOfTheBodyIsPassedOnAndItsConnectionNotUsedAgain() {
        weChat.takeOver(
                World.LISTED, request -> request.response().setStatusCode(413).end("{\"errcode\":1}"));
        ScriptedStream body = new ScriptedStream(1, 20, Ending.SILENCE);
        Told told = world.ask(World.question("", HttpMethod.POST, World.LISTED, "", 100, body))
                .join();

        assertThat(told.reply().status()).isEqualTo(413);
        assertThat(world.get("/img/next").body().toJsonObject().getInteger("errcode"))
                .isZero();
    }

    @Test
    void moreCallsThanConnectionsWaitAndMoreThanTheQueueAreDenied() {
        try (World narrow = world(weChat.baseUrl(), 1, 1, Duration.ofSeconds(20))) {
            Queue<HttpServerRequest> held = hold(World.LISTED);
            CompletableFuture<Told> first = narrow.ask(HttpMethod.GET, World.LISTED, "", "");
            await().until(() -> held.size() == 1);
            CompletableFuture<Told> second = narrow.ask(HttpMethod.GET, World.LISTED, "", "");
            CompletableFuture<Told> third = narrow.ask(HttpMethod.GET, World.LISTED, "", "");
            Told denied = (Told) CompletableFuture.anyOf(second, third).join();

            assertProxyError(denied.refusal(), 502, 10104);
            assertThat(denied.refusal().reason()).startsWith("too many calls toward WeChat at once");
            answer(held.remove());
            assertThat(first.join().answer()).isNotNull();
            await().until(() -> held.size() == 1);
            answer(held.remove());
            assertThat((second.join().denial() == null ? second : third).join().answer())
                    .isNotNull();
        }
    }

    @Test
    void aCallDoesNotWaitForAConnectionForEver() {
        try (World narrow = world(weChat.baseUrl(), 1, 10, SOON)) {
            Queue<HttpServerRequest> held = hold(World.LISTED);
            CompletableFuture<Told> first = narrow.ask(HttpMethod.GET, World.LISTED, "", "");
            CompletableFuture<Told> second = narrow.ask(HttpMethod.GET, World.LISTED, "", "");
            assertThat(List.of(first.join(), second.join())).allSatisfy(told -> assertProxyError(told.refusal(), 502));
            assertThat(held).isNotEmpty();
        }
    }

    @Test
    void whoeverGoesAwayLeavesTheirPlaceAndIsToldNothing() {
        try (World narrow = world(weChat.baseUrl(), 1, 10, Duration.ofSeconds(20))) {
            Queue<HttpServerRequest> held = hold(World.LISTED);
            CompletableFuture<Told> told = new CompletableFuture<>();
            CompletableFuture<Pipeline.Asked> asked = new CompletableFuture<>();
            var context = vertx.getOrCreateContext();
            context.runOnContext(ignored -> asked.complete(narrow.pipeline.ask(
                    World.question("", HttpMethod.GET, World.LISTED, "", 0, new BufferStream(Buffer.buffer())),
                    World.collecting(told))));
            await().until(() -> held.size() == 1);
            CompletableFuture<Void> closed = new CompletableFuture<>();
            held.remove().connection().closeHandler(ignored -> closed.complete(null));
            context.runOnContext(ignored -> asked.join().abandon());
            context.runOnContext(ignored -> asked.join().abandon());

            closed.orTimeout(10, TimeUnit.SECONDS).join();
            assertThat(narrow.get("/img/next").answer()).isNotNull();
            assertThat(told).isNotDone();
            assertThat(narrow.records)
                    .filteredOn(call -> call.path().equals(World.LISTED))
                    .singleElement()
                    .satisfies(call -> assertThat(call.status()).isZero());
        }
    }

    @Test
    void whoeverGoesAwayFromAStreamIsToldNothingAndWeChatIsLeft() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        weChat.takeOver("/img/a", request -> {
            request.connection().closeHandler(ignored -> closed.complete(null));
            request.response()
                    .putHeader("content-type", "image/png")
                    .setChunked(true)
                    .write("PNG");
        });
        CompletableFuture<Told> told = new CompletableFuture<>();
        CompletableFuture<Void> first = new CompletableFuture<>();
        Answering collecting = World.collecting(told);
        vertx.runOnContext(ignored -> {
            CompletableFuture<Pipeline.Asked> asked = new CompletableFuture<>();
            asked.complete(world.pipeline.ask(
                    World.question("", HttpMethod.GET, "/img/a", "", 0, new BufferStream(Buffer.buffer())),
                    new Answering() {
                        @Override
                        public void denied(Denial denial) {
                            collecting.denied(denial);
                        }

                        @Override
                        public void answered(Answer answer, Buffer body) {
                            collecting.answered(answer, body);
                        }

                        @Override
                        public void streams(Answer answer, ReadStream<Buffer> body) {
                            collecting.streams(answer, body);
                            vertx.setTimer(50, later -> {
                                asked.join().abandon();
                                first.complete(null);
                            });
                        }
                    }));
        });
        first.orTimeout(10, TimeUnit.SECONDS).join();
        closed.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(told).isNotDone();
        assertThat(world.records)
                .singleElement()
                .satisfies(call -> assertThat(call.reason()).hasValue("the asker went away"));
    }

    @Test
    void callsOfManyEventLoopsShareTheConnections() {
        AtomicInteger present = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        weChat.takeOver(World.LISTED, request -> {
            most.accumulateAndGet(present.incrementAndGet(), Math::max);
            vertx.setTimer(2, later -> {
                present.decrementAndGet();
                answer(request);
            });
        });
        try (World narrow = world(weChat.baseUrl(), 3, 1000, Duration.ofSeconds(20))) {
            List<Context> loops = IntStream.range(0, 8)
                    .<Context>mapToObj(i -> ((VertxInternal) vertx).createEventLoopContext())
                    .toList();
            List<CompletableFuture<Told>> calls = IntStream.range(0, 800)
                    .mapToObj(i -> {
                        CompletableFuture<Told> told = new CompletableFuture<>();
                        loops.get(i % loops.size())
                                .runOnContext(ignored -> narrow.pipeline.ask(
                                        World.question(
                                                "",
                                                HttpMethod.GET,
                                                World.LISTED,
                                                "",
                                                0,
                                                new BufferStream(Buffer.buffer())),
                                        World.collecting(told)));
                        return told.orTimeout(20, TimeUnit.SECONDS);
                    })
                    .toList();
            assertThat(calls)
                    .allSatisfy(call -> assertThat(call.join().answer()).isNotNull());
            assertThat(most.get()).isEqualTo(3);
        }
    }

    @Test
    void anAskerThatDoesNotReadHoldsWeChatBack() {
        AtomicLong written = new AtomicLong();
        weChat.takeOver("/img/a", request -> {
            request.response().putHeader("content-type", "image/png").putHeader("content-length", "" + LARGE);
            ScriptedStream picture = new ScriptedStream((int) (LARGE / 65536), 65536, Ending.END);
            picture.pipeTo(request.response());
            vertx.setPeriodic(10, ignored -> written.set(picture.read.get()));
        });
        CompletableFuture<ReadStream<Buffer>> stream = new CompletableFuture<>();
        var context = vertx.getOrCreateContext();
        context.runOnContext(ignored -> world.pipeline.ask(
                World.question("", HttpMethod.GET, "/img/a", "", 0, new BufferStream(Buffer.buffer())),
                new Answering() {
                    @Override
                    public void denied(Denial denial) {
                        stream.completeExceptionally(new AssertionError(denial.toString()));
                    }

                    @Override
                    public void answered(Answer answer, Buffer body) {
                        stream.completeExceptionally(new AssertionError("read as a whole"));
                    }

                    @Override
                    public void streams(Answer answer, ReadStream<Buffer> body) {
                        stream.complete(body);
                    }
                }));
        ReadStream<Buffer> body = stream.join();
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(200))
                .until(() -> written.get() > 0 && before.getAndSet(written.get()) == written.get());
        assertThat(written.get()).as("what fits into buffers").isLessThan(LARGE / 2);

        AtomicLong arrived = new AtomicLong();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        context.runOnContext(ignored -> {
            body.endHandler(end -> ended.complete(null));
            body.handler(part -> arrived.addAndGet(part.length()));
            body.resume();
        });
        ended.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(arrived).hasValue(LARGE);
    }

    @Test
    void aWeChatThatDoesNotReadHoldsTheAskerBack() {
        CompletableFuture<HttpServerRequest> unread = new CompletableFuture<>();
        weChat.takeOver(World.LISTED, request -> {
            request.pause();
            unread.complete(request);
        });
        ScriptedStream body = new ScriptedStream((int) (LARGE / 65536), 65536, Ending.END);
        CompletableFuture<Told> told = world.ask(World.question("", HttpMethod.POST, World.LISTED, "", LARGE, body));
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(200))
                .until(() -> body.read.get() > 0 && before.getAndSet(body.read.get()) == body.read.get());
        assertThat(body.read.get()).as("what fits into buffers").isLessThan(LARGE / 2);

        HttpServerRequest request = unread.join();
        AtomicLong arrived = new AtomicLong();
        request.endHandler(end -> answer(request));
        request.handler(part -> arrived.addAndGet(part.length()));
        request.resume();
        assertThat(told.join().reply().status()).isEqualTo(200);
        assertThat(arrived).hasValue(LARGE);
    }

    private Queue<HttpServerRequest> hold(String path) {
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        weChat.takeOver(path, held::add);
        return held;
    }

    private static void answer(HttpServerRequest request) {
        request.response().putHeader("content-type", "application/json").end("{\"errcode\":0}");
    }

    private static void assertProxyError(Denial denial, int status, int... code) {
        JsonObject body = new JsonObject(denial.body());
        assertThat(denial.status()).isEqualTo(status);
        assertThat(denial.withSeqid()).isTrue();
        assertThat(body.fieldNames())
                .containsExactlyInAnyOrder("request_id", "error_type", "error_code", "error_message");
        assertThat(body.getString("error_type")).isEqualTo("OPENAPI_PROXY_ERROR");
        for (int expected : code) {
            assertThat(body.getInteger("error_code")).as(denial.reason()).isEqualTo(expected);
        }
    }

    /** Has a token already. */
    private World world(URI baseUrl, int connections, int queue, Duration within) {
        World made = new World(vertx, PipelineOptions.of(baseUrl).withLimits(connections, queue, within), tokens);
        tokens.put(
                World.OWNER,
                "test",
                new AccessToken("TOKEN-0", made.wall(), made.wall().plusSeconds(7200)));
        return made;
    }
}
