package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.Asker;
import dev.berth.core.Names;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * The one way out to WeChat, whoever asks: who asks → permission list → token → send → read errcode → record. Decides
 * before anything is sent (OA-25). Thread-safe.
 */
final class Pipeline implements AutoCloseable {
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final ContextInternal home;
    private final Means means;
    private final OwnRequest ownRequests;

    Pipeline(Vertx vertx, PipelineOptions options, PipelinePorts ports) {
        this(vertx, options, ports, System::nanoTime);
    }

    /** @param nanos monotonic, for the age of tokens */
    Pipeline(Vertx vertx, PipelineOptions options, PipelinePorts ports, LongSupplier nanos) {
        this.home = ((VertxInternal) requireNonNull(vertx, "vertx is null")).createEventLoopContext();
        Clients clients = new Clients(vertx, options.baseUrl(), options.connections());
        this.ownRequests = new OwnRequest(clients, ports.recorder(), ports.clock(), options.answerWithin());
        TokenRenewal.Means renewal = new TokenRenewal.Means(
                UUID.randomUUID().toString(),
                options.baseUrl(),
                ports.secrets(),
                ports.tokens(),
                new TokenRequest(ownRequests, options.tokens()),
                ports.clock(),
                nanos);
        this.means = new Means(
                vertx,
                options,
                ports,
                new Permissions(ports.directory(), options.deny(), ports.clock()),
                new Turnstile(options.connections(), options.queue()),
                clients,
                new TokenKeeper(renewal, blocking),
                new DenialLog(nanos, ports.denials()),
                blocking,
                nanos);
    }

    /** A call on its way. To be used on the event loop that asked. */
    interface Asked {
        /** The asker is gone: whatever is on its way is given up, and the {@link Answering} told nothing any more. Repeatable. */
        void abandon();
    }

    /**
     * Asks WeChat. To be called on an event loop, on which the answering is told, possibly before this returns.
     *
     * <p>A call whose token turned out to be stale is repeated once with a new one, if its body has at most 1 MiB. A call
     * that breaks is not repeated: WeChat may have executed it.
     *
     * <p>{@code /sns/jscode2session} gets AppID and secret instead of a token. {@code /cgi-bin/token} and
     * {@code /cgi-bin/stable_token} are answered with the platform's present token, and WeChat is not asked: another token
     * would make that one invalid (OA-49).
     */
    Asked ask(Question question, Answering answering) {
        OutwardCall call =
                new OutwardCall(means, ((VertxInternal) means.vertx()).getOrCreateContext(), question, answering);
        call.start();
        return call;
    }

    /**
     * Asks WeChat for those of Berth's rooms that need an answer in JSON. Any thread.
     *
     * @param asker an operator, or Berth itself
     * @param query without a token; or empty
     * @throws dev.berth.core.BerthException {@code INVALID_APPID}
     * @return WeChat's answer, with whatever errcode; fails with a {@link dev.berth.core.BerthException} that says what to mend
     */
    Future<JsonNode> call(
            Asker asker, String appId, HttpMethod method, String path, String query, Optional<JsonNode> body) {
        Names.requireAppId(appId);
        Promise<JsonNode> outcome = Promise.promise();
        Buffer json = body.map(value -> Buffer.buffer(value.toString())).orElseGet(Buffer::buffer);
        MultiMap headers = HttpHeaders.headers();
        if (body.isPresent()) {
            headers.add(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        Question question =
                new Question(asker, appId, method, path, query, headers, json.length(), new BufferStream(json));
        home.runOnContext(
                ignored -> ask(question, new WholeAnswering(JsonAnswer.LONGEST, new JsonAnswer(path, outcome))));
        return outcome.future();
    }

    /** The event loop for those who are on none. */
    ContextInternal home() {
        return home;
    }

    /** Of what Berth asks by itself, with a secret. */
    OwnRequest ownRequests() {
        return ownRequests;
    }

    PipelinePorts ports() {
        return means.ports();
    }

    PipelineOptions options() {
        return means.options();
    }

    ExecutorService blocking() {
        return blocking;
    }

    /** Breaks off what is on its way. Does not wait for it. Repeatable. */
    @Override
    public void close() {
        blocking.shutdownNow();
        means.clients().close();
    }
}
