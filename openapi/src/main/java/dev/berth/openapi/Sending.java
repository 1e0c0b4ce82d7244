package dev.berth.openapi;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request of a call to WeChat, from the queue to the end of the answer. Lives on one event loop. */
final class Sending implements AnswerReader.Receiver {
    /** Told of one outcome; nothing after {@link Sending#abandon}. */
    interface Receiver {
        /** What follows may have reached WeChat. */
        void written();

        void whole(Answer answer, Buffer body);

        /** Then either {@link #streamed} or {@link #brokeOff} follows. */
        void streams(Answer answer, StreamedBody body);

        void streamed(Answer answer);

        void brokeOff(Answer answer, String reason);

        /** Nothing of an answer was handed on. */
        void failed(Denial.Fault fault, String reason);
    }

    private final Means means;
    private final ContextInternal context;
    private final Question question;
    private final RequestBody body;
    private final String uri;
    private final Receiver receiver;
    private final Silence silence;
    private Turnstile.@Nullable Ticket ticket;
    private @Nullable HttpClientRequest upstream;
    private @Nullable StreamedBody streaming;
    private boolean over;

    /** @param uri path and query, with what proves in whose name it is: not to be shown */
    Sending(Means means, ContextInternal context, Question question, RequestBody body, String uri, Receiver receiver) {
        this.means = means;
        this.context = context;
        this.question = question;
        this.body = body;
        this.uri = uri;
        this.receiver = receiver;
        this.silence = new Silence(means.vertx(), means.options().answerWithin(), this::tooLate);
    }

    void start() {
        silence.broken();
        Turnstile.Ticket mine = means.turnstile().enter(context, this::connect);
        ticket = mine;
        if (means.turnstile().isInside(mine)) {
            connect();
        } else if (!means.turnstile().isWaiting(mine)) {
            fail(
                    Denial.Fault.TOO_MANY_CALLS,
                    "too many calls toward WeChat at once: %d on their way and %d waiting"
                            .formatted(
                                    means.options().connections(),
                                    means.options().queue()));
        }
    }

    private void connect() {
        if (over) {
            return;
        }
        means.clients()
                .of(context)
                .request(means.clients().request(question.method(), uri))
                .onComplete((request, failure) -> {
                    if (over) {
                        if (request != null) {
                            request.reset();
                        }
                    } else if (failure != null) {
                        fail(Denial.Fault.UNREACHABLE, weChat("cannot be reached (%s)", failure));
                    } else {
                        write(request);
                    }
                });
    }

    private void write(HttpClientRequest request) {
        silence.broken();
        upstream = request;
        receiver.written();
        OutwardHeaders.copy(question.headers(), request.headers());
        request.exceptionHandler(told -> {}); // by the response's future as well
        request.response().onComplete((response, failure) -> {
            if (over) {
                return;
            }
            if (failure == null) {
                read(response);
            } else {
                fail(Denial.Fault.BROKEN_ANSWER, weChat("broke off the call before it answered (%s)", failure));
            }
        });
        body.sendTo(request, question.method());
    }

    private void read(HttpClientResponse response) {
        silence.broken();
        if (response.statusCode() < 200) {
            fail(
                    Denial.Fault.BROKEN_ANSWER,
                    "WeChat at %s answered %d, which nobody asked for".formatted(baseUrl(), response.statusCode()));
        } else {
            new AnswerReader(question.method(), response, this).read();
        }
    }

    /** Something of the asker's body has arrived, or WeChat has taken something of it. */
    @Override
    public void moved() {
        if (!over) {
            silence.broken();
        }
    }

    void bodyBroke(String what) {
        fail(Denial.Fault.BROKEN_REQUEST, what);
    }

    @Override
    public void whole(Answer answer, Buffer read) {
        if (end(false)) {
            receiver.whole(answer, read);
        }
    }

    @Override
    public void streams(Answer answer, StreamedBody stream) {
        if (!over) {
            streaming = stream;
            receiver.streams(answer, stream);
        }
    }

    @Override
    public void streamed(Answer answer) {
        if (end(false)) {
            receiver.streamed(answer);
        }
    }

    @Override
    public void broke(Answer answer, Throwable failure) {
        String reason = weChat("broke off its answer (%s)", failure);
        if (streaming == null) {
            fail(Denial.Fault.BROKEN_ANSWER, reason);
        } else if (end(true)) {
            receiver.brokeOff(answer, reason);
        }
    }

    private void tooLate() {
        long seconds = means.options().answerWithin().toSeconds();
        if (streaming != null) {
            streaming.breakOff(new TimeoutException("nothing moved"));
        } else if (ticket != null && means.turnstile().isWaiting(ticket)) {
            fail(
                    Denial.Fault.TOO_MANY_CALLS,
                    "too many calls toward WeChat at once: waited %d s for a connection".formatted(seconds));
        } else if (upstream != null && !body.isSent()) {
            fail(Denial.Fault.TOO_LATE, "the body of the request did not go on for %d s".formatted(seconds));
        } else {
            fail(Denial.Fault.TOO_LATE, "WeChat at %s did not answer within %d s".formatted(baseUrl(), seconds));
        }
    }

    private void fail(Denial.Fault fault, String reason) {
        if (end(true)) {
            receiver.failed(fault, reason);
        }
    }

    /** Repeatable. */
    void abandon() {
        if (streaming != null) {
            streaming.drop();
        }
        end(true);
    }

    /**
     * Vert.x 5.0.10 keeps the connection of a request that is reset after its answer has ended, though the rest of its body
     * was never sent: the next request would be read as that. So it is closed. One whose request was sent may be another
     * call's by now.
     */
    private boolean end(boolean gaveUp) {
        if (over) {
            return false;
        }
        over = true;
        silence.end();
        body.hold();
        if (upstream != null && !body.isSent()) {
            upstream.connection().close();
        } else if (upstream != null && gaveUp) {
            upstream.reset();
        }
        if (ticket != null) {
            ticket.leave();
        }
        return true;
    }

    /** The words of a failure may hold the address, and with it the token: they are not passed on. */
    private String weChat(String what, Throwable failure) {
        return "WeChat at %s ".formatted(baseUrl()) + what.formatted(Printable.kind(failure));
    }

    private String baseUrl() {
        return means.clients().baseUrl().toString();
    }
}
