package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import dev.berth.core.WeChat;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Asks through the {@link Pipeline} and waits for the whole answer, of at most 20 MiB: what media may have (AD-39). */
final class PipelineWeChat implements WeChat {
    static final int LONGEST_ANSWER = 20 << 20;

    private static final Answer CLOSED =
            new Unanswered(Cause.BROKEN, "the server is closing and asks WeChat nothing any more");

    private final Pipeline pipeline;

    PipelineWeChat(Pipeline pipeline) {
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
    }

    @Override
    public CompletionStage<Answer> ask(Question question) {
        Asking asking = new Asking(question);
        try {
            pipeline.home().runOnContext(ignored -> asking.begin());
        } catch (RejectedExecutionException e) {
            asking.outcome.complete(CLOSED);
        }
        return asking.outcome.minimalCompletionStage();
    }

    /** On the event loop. */
    private final class Asking implements WholeAnswering.Receiver {
        private final Question question;
        private final CompletableFuture<WeChat.Answer> outcome = new CompletableFuture<>();
        private Pipeline.@Nullable Asked asked;

        Asking(Question question) {
            this.question = question;
        }

        void begin() {
            try {
                asked = pipeline.ask(outward(question), new WholeAnswering(LONGEST_ANSWER, this));
            } catch (RejectedExecutionException e) {
                outcome.complete(CLOSED);
            } catch (RuntimeException e) {
                outcome.complete(new Unanswered(
                        Cause.BROKEN,
                        "%s %s could not be asked (%s)"
                                .formatted(question.method(), question.path(), Printable.kind(e))));
            }
        }

        @Override
        public void denied(Denial denial) {
            outcome.complete(new Unanswered(denial.cause(), denial.reason()));
        }

        @Override
        public void whole(dev.berth.openapi.Answer answer, Buffer body) {
            String type = Optional.ofNullable(answer.headers().get(HttpHeaders.CONTENT_TYPE))
                    .orElse("");
            outcome.complete(new Answered(answer.status(), type, body.getBytes()));
        }

        @Override
        public void broke(String what) {
            if (asked != null) {
                asked.abandon();
            }
            outcome.complete(new Unanswered(Cause.BROKEN, what));
        }
    }

    private static dev.berth.openapi.Question outward(Question question) {
        MultiMap headers = HttpHeaders.headers();
        question.contentType().ifPresent(type -> headers.add(HttpHeaders.CONTENT_TYPE, type));
        return new dev.berth.openapi.Question(
                question.asker(),
                question.appId(),
                HttpMethod.valueOf(question.method()),
                question.path(),
                question.query(),
                headers,
                question.body().length,
                new BufferStream(Buffer.buffer(question.body())));
    }
}
