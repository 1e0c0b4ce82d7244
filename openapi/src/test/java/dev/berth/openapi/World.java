package dev.berth.openapi;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.Asker;
import dev.berth.core.CloudCall;
import dev.berth.core.Directory;
import dev.berth.core.Environment;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.TokenStore;
import dev.berth.core.VersionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.ReadStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A pipeline with everything around it: one environment of one app, and one app that it was granted to. */
final class World implements AutoCloseable {
    static final String OWNER = "wx1111111111111111";
    static final String GRANTED = "wx2222222222222222";
    static final String ENV = "prod-01";
    static final String SECRET = "s3cret-of-the-owner";
    static final String LISTED = "/wxa/msg_sec_check";
    static final Asker INSTANCE = new Asker.InstanceAsker(new VersionId(ENV, "demo", 1), "demo-001-aaaa");

    final Vertx vertx;
    final TokenStore tokens;
    final List<OpenApiRecord> records = new CopyOnWriteArrayList<>();
    final AtomicLong nanosAhead = new AtomicLong();
    final AtomicLong wallSecondsAhead = new AtomicLong();
    final PipelineOptions options;
    final Pipeline pipeline;
    volatile Optional<String> secret = Optional.of(SECRET);
    volatile CloudCall cloudCall = CloudCall.DEFAULT.withPaths(Set.of(LISTED, "/sns/*", "/cgi-bin/*", "/img/*"));
    volatile boolean gone;

    /** What came of a question: either a denial, or an answer with its whole body; or a stream that broke off. */
    record Told(
            @Nullable Denial denial,
            @Nullable Answer answer,
            Buffer body,
            boolean streamed,
            @Nullable Throwable brokeOff) {
        Denial refusal() {
            if (denial == null) {
                throw new AssertionError("not denied: " + this);
            }
            return denial;
        }

        Answer reply() {
            if (answer == null) {
                throw new AssertionError("not answered: " + this);
            }
            return answer;
        }
    }

    World(Vertx vertx, PipelineOptions options, TokenStore tokens) {
        this(vertx, options, tokens, Optional.empty());
    }

    /** @param local what is answered without WeChat */
    World(Vertx vertx, PipelineOptions options, TokenStore tokens, Optional<LocalAnswer> local) {
        this.vertx = vertx;
        this.tokens = tokens;
        this.options = options;
        this.pipeline = new Pipeline(
                vertx,
                options,
                new PipelinePorts(
                        this::directory, app -> secret, tokens, records::add, InstanceLog.NONE, this::wall, local),
                () -> System.nanoTime() + nanosAhead.get());
    }

    static World of(Vertx vertx, URI baseUrl) {
        return new World(vertx, PipelineOptions.of(baseUrl), new MemoryTokens());
    }

    Instant wall() {
        return Instant.now().plusSeconds(wallSecondsAhead.get());
    }

    void pass(Duration time) {
        nanosAhead.addAndGet(time.toNanos());
        wallSecondsAhead.addAndGet(time.toSeconds());
    }

    private Directory directory() {
        App owner = new App(OWNER, AppKind.MINI_PROGRAM);
        return gone
                ? Directory.EMPTY
                : new Directory(
                        Map.of(OWNER, owner),
                        Map.of(
                                ENV,
                                new Directory.EnvironmentEntry(
                                        new Environment(ENV, OWNER), Set.of(GRANTED), cloudCall, Map.of())));
    }

    Told get(String path) {
        return ask(HttpMethod.GET, path, "", "").join();
    }

    CompletableFuture<Told> ask(HttpMethod method, String path, String query, String body) {
        return ask("", method, path, query, body);
    }

    CompletableFuture<Told> ask(String fromApp, HttpMethod method, String path, String query, String body) {
        Buffer bytes = Buffer.buffer(body);
        return ask(question(fromApp, method, path, query, bytes.length(), new BufferStream(bytes)));
    }

    static Question question(
            String fromApp, HttpMethod method, String path, String query, long length, ReadStream<Buffer> body) {
        return new Question(
                INSTANCE,
                fromApp,
                method,
                path,
                query,
                HttpHeaders.headers().add("content-type", "application/json"),
                length,
                body);
    }

    CompletableFuture<Told> ask(Question question) {
        CompletableFuture<Told> told = new CompletableFuture<>();
        vertx.runOnContext(ignored -> pipeline.ask(question, collecting(told)));
        return told.orTimeout(20, TimeUnit.SECONDS);
    }

    /** Fails if anything is told twice. */
    static Answering collecting(CompletableFuture<Told> told) {
        return new Answering() {
            private boolean isTold;

            @Override
            public void denied(Denial denial) {
                once(new Told(denial, null, Buffer.buffer(), false, null));
            }

            @Override
            public void answered(Answer answer, Buffer body) {
                once(new Told(null, answer, body, false, null));
            }

            @Override
            public void streams(Answer answer, ReadStream<Buffer> body) {
                Buffer whole = Buffer.buffer();
                body.handler(whole::appendBuffer);
                body.exceptionHandler(failure -> once(new Told(null, answer, whole, true, failure)));
                body.endHandler(end -> once(new Told(null, answer, whole, true, null)));
                body.resume();
            }

            private void once(Told outcome) {
                if (isTold) {
                    told.obtrudeException(new AssertionError("told twice: " + outcome));
                }
                isTold = true;
                told.complete(outcome);
            }
        };
    }

    <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
