package dev.berth.openapi;

import dev.berth.core.Asker.InstanceAsker;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One request of an instance to WeChat (OA-1): asked through the pipeline, answered as WeChat did. On its event loop. */
final class WeChatCall implements Answering {
    /** OA-2. */
    static final String SEQID = "x-openapi-seqid";

    private final Vertx vertx;
    private final RelayAnswers answers;
    private final HttpServerRequest request;
    private final RelayLimits limits;
    private final RelayBody body;
    private long timer;
    private Pipeline.@Nullable Asked asked;
    private boolean done;

    WeChatCall(Vertx vertx, RelayAnswers answers, RelayLimits limits, HttpServerRequest request) {
        this.vertx = vertx;
        this.answers = answers;
        this.request = request;
        this.limits = limits;
        this.body = new RelayBody(request, limits.body(), () -> giveUp(RelayRefusal.tooLarge(limits.body())));
    }

    /** @param length of the body as declared; -1 for chunks, 0 for none */
    void ask(
            Pipeline pipeline,
            InstanceAsker asker,
            String fromApp,
            RelayTarget.WeChat target,
            String query,
            long length) {
        if (length > limits.body()) {
            giveUp(RelayRefusal.tooLarge(limits.body()));
            return;
        }
        request.response().closeHandler(gone -> abandon());
        if (length != 0) {
            timer = vertx.setTimer(limits.request().toMillis(), ignored -> tooSlow());
        }
        MultiMap headers = HttpHeaders.headers().addAll(request.headers());
        RelayAnswers.dropHopByHop(headers);
        Pipeline.Asked begun = pipeline.ask(
                new Question(asker, fromApp, request.method(), target.path(), query, headers, length, body), this);
        if (!done) {
            asked = begun;
        }
    }

    private void tooSlow() {
        if (!request.isEnded()) {
            giveUp(RelayRefusal.tooSlow(limits.request().toSeconds()));
        }
    }

    /** If an answer is on its way already, its connection is broken off. */
    private void giveUp(RelayRefusal refusal) {
        abandon();
        answers.refuse(request, refusal);
    }

    private void abandon() {
        conclude();
        if (asked != null) {
            asked.abandon();
        }
    }

    private void conclude() {
        done = true;
        body.stop();
        vertx.cancelTimer(timer);
    }

    @Override
    public void denied(Denial denial) {
        conclude();
        HttpServerResponse response = request.response()
                .setStatusCode(denial.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, denial.contentType())
                .putHeader(RelayAnswers.REASON, denial.reason());
        if (denial.withSeqid()) {
            response.putHeader(SEQID, sequenceId());
        }
        answers.finish(request, Buffer.buffer(denial.body()), false);
    }

    @Override
    public void answered(Answer answer, Buffer whole) {
        conclude();
        writeHead(answer);
        if (!RelayAnswers.mayHaveBody(request, answer.status()) && answer.length() >= 0) {
            request.response().putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(answer.length()));
        }
        answers.finish(request, whole, false);
    }

    @Override
    public void streams(Answer answer, ReadStream<Buffer> stream) {
        done = true; // the body of the request may still be on its way
        writeHead(answer);
        RelayAnswers.frame(request, answer.length());
        stream.pipe().endOnFailure(false).to(request.response()).onComplete(sent -> {
            conclude();
            if (sent.failed()) {
                request.connection().close();
            } else {
                LeftoverBody.drain(vertx, request);
            }
        });
    }

    private void writeHead(Answer answer) {
        HttpServerResponse response = request.response().setStatusCode(answer.status());
        if (!answer.statusMessage().isEmpty()) {
            response.setStatusMessage(answer.statusMessage());
        }
        for (Map.Entry<String, String> header : answer.headers()) {
            response.headers().add(header.getKey(), header.getValue());
        }
        response.putHeader(SEQID, sequenceId());
    }

    private static String sequenceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "%08x-%08x-%08x".formatted(random.nextInt(), random.nextInt(), random.nextInt());
    }
}
