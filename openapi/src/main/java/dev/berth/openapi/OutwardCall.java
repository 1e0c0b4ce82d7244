package dev.berth.openapi;

import dev.berth.core.OpenApiRecord;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call on its way: who asks → permission list → token → send → read errcode → record. Lives on one event loop. */
final class OutwardCall implements Pipeline.Asked, AnswerReader.Receiver {
    /** Sends of one call: the first, and one after a stale token. */
    private static final int MOST_TRIES = 2;

    private final Means means;
    private final ContextInternal context;
    private final Question question;
    private final Answering answering;
    private final RequestBody body;
    private final Silence silence;
    private final Instant at;
    private final long begun = System.nanoTime();
    private String appId = "";
    private String token = "";
    private Turnstile.@Nullable Ticket ticket;
    private @Nullable HttpClientRequest upstream;
    private @Nullable StreamedBody streaming;
    private int tries;
    private boolean over;

    OutwardCall(Means means, ContextInternal context, Question question, Answering answering) {
        this.means = means;
        this.context = context;
        this.question = question;
        this.answering = answering;
        this.silence = new Silence(means.vertx(), means.options().answerWithin(), this::tooLate);
        this.body = new RequestBody(
                question.body(),
                question.declaredLength(),
                what -> fail(Denial.Fault.BROKEN_REQUEST, what),
                silence::broken);
        this.at = means.ports().clock().instant();
    }

    void start() {
        switch (means.permissions().decide(question)) {
            case Verdict.Denied denied -> {
                appId = denied.appId();
                deny(denied.denial());
            }
            case Verdict.Allowed allowed -> {
                appId = allowed.appId();
                means.ports()
                        .local()
                        .filter(local -> local.path().equals(question.path()) && question.declaredLength() != 0)
                        .ifPresentOrElse(this::askLocally, this::askWeChat);
            }
        }
    }

    private void askLocally(LocalAnswer local) {
        silence.broken();
        body.readAhead(() -> {
            if (!over) {
                local.answer(appId, question.query(), body.inHand())
                        .ifPresentOrElse(json -> answerLocally(Buffer.buffer(json)), this::askWeChat);
            }
        });
    }

    private void answerLocally(Buffer json) {
        leave();
        deliver(new Answer(200, "OK", jsonHeaders(), json.length()), json, Errcode.of(json));
    }

    private void askWeChat() {
        switch (Credential.of(question.path())) {
            case TOKEN -> await(means.tokens().token(appId), this::sendWithToken);
            case SECRET -> await(secret(), this::sendWithSecret);
            case KEEPER -> await(means.tokens().token(appId), this::answerToken);
        }
    }

    private <T> void await(Future<T> future, Consumer<T> then) {
        if (future.succeeded()) {
            then.accept(future.result());
            return;
        }
        future.onComplete((result, failure) -> context.runOnContext(ignored -> {
            if (over) {
                return;
            }
            if (failure == null) {
                then.accept(result);
            } else {
                deny(Denial.tokenNotReady("Berth could not prepare the call (%s)"
                        .formatted(failure.getClass().getSimpleName())));
            }
        }));
    }

    private Future<Optional<String>> secret() {
        return Future.future(found -> means.blocking().execute(() -> {
            try {
                found.complete(means.ports().secrets().secretOf(appId));
            } catch (RuntimeException e) {
                found.fail(e);
            }
        }));
    }

    private void sendWithToken(TokenOutcome outcome) {
        switch (outcome) {
            case TokenOutcome.Had had -> {
                token = had.value();
                send(Credential.withToken(question.path(), question.query(), token));
            }
            case TokenOutcome.NoSecret none -> deny(Denial.secretMissing(none.reason()));
            case TokenOutcome.NotReady notReady -> deny(Denial.tokenNotReady(notReady.reason()));
            case TokenOutcome.Unchanged unchanged -> deny(Denial.tokenNotReady(unchanged.reason()));
        }
    }

    private void sendWithSecret(Optional<String> secret) {
        if (secret.isEmpty()) {
            deny(Denial.secretMissing(
                    "the secret of %s is missing; add it: berth apps add %s --secret ...".formatted(appId, appId)));
        } else {
            send(Credential.withSecret(question.path(), question.query(), appId, secret.get()));
        }
    }

    private void answerToken(TokenOutcome outcome) {
        if (outcome instanceof TokenOutcome.Had had) {
            long seconds = Math.max(
                    0,
                    TimeUnit.NANOSECONDS.toSeconds(had.until() - means.nanos().getAsLong()));
            JsonObject json = new JsonObject().put("access_token", had.value()).put("expires_in", seconds);
            Buffer whole = json.toBuffer();
            deliver(new Answer(200, "OK", jsonHeaders(), whole.length()), whole, Errcode.NONE);
        } else {
            sendWithToken(outcome); // denies
        }
    }

    /** OA-47. */
    private static MultiMap jsonHeaders() {
        return HttpHeaders.headers().add(HttpHeaders.CONTENT_TYPE, "application/json; encoding=utf-8");
    }

    // --- on its way --------------------------------------------------------------------------------------------------

    private void send(String uri) {
        silence.broken();
        Turnstile.Ticket next = means.turnstile().enter(context, () -> connect(uri));
        ticket = next;
        if (means.turnstile().isInside(next)) {
            connect(uri);
        } else if (!means.turnstile().isWaiting(next)) {
            fail(
                    Denial.Fault.TOO_MANY_CALLS,
                    "too many calls toward WeChat at once: %d on their way and %d waiting"
                            .formatted(
                                    means.options().connections(),
                                    means.options().queue()));
        }
    }

    private void connect(String uri) {
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
        tries++;
        OutwardHeaders.copy(question.headers(), request.headers());
        request.exceptionHandler(told -> {}); // by the response's future as well
        request.response().onComplete((response, failure) -> {
            if (over || !request.equals(upstream)) {
                return;
            }
            if (failure == null) {
                answered(response);
            } else {
                fail(Denial.Fault.BROKEN_ANSWER, weChat("broke off the call before it answered (%s)", failure));
            }
        });
        body.sendTo(request, question.method());
    }

    private void answered(HttpClientResponse response) {
        silence.broken();
        if (response.statusCode() < 200) {
            fail(Denial.Fault.BROKEN_ANSWER, weChatAnswered(response.statusCode()));
        } else {
            new AnswerReader(question.method(), response, this).read();
        }
    }

    @Override
    public void moved() {
        silence.broken();
    }

    @Override
    public void whole(Answer answer, Buffer read) {
        if (over) {
            return;
        }
        leave();
        int errcode = Errcode.of(read);
        if (token.isEmpty() || !Errcode.isStaleToken(errcode)) {
            deliver(answer, read, errcode);
            return;
        }
        Future<TokenOutcome> renewed = means.tokens().renew(appId, token); // for the next call at least
        if (tries < MOST_TRIES && body.isInHand()) {
            await(renewed, outcome -> {
                if (outcome instanceof TokenOutcome.Had) {
                    sendWithToken(outcome);
                } else {
                    deliver(answer, read, errcode); // OA-19
                }
            });
        } else {
            deliver(answer, read, errcode);
        }
    }

    private void deliver(Answer answer, Buffer read, int errcode) {
        if (!over) {
            over = true;
            record(answer.status(), errcode, Optional.empty());
            answering.answered(answer, read);
        }
    }

    @Override
    public void streams(Answer answer, StreamedBody stream) {
        if (!over) {
            streaming = stream;
            answering.streams(answer, stream);
        }
    }

    @Override
    public void streamed(Answer answer) {
        if (!over) {
            over = true;
            leave();
            record(answer.status(), Errcode.NONE, Optional.empty());
        }
    }

    /** Before or after its head was handed on. */
    @Override
    public void broke(Answer answer, Throwable failure) {
        if (over) {
            return;
        }
        String reason = weChat("broke off its answer (%s)", failure);
        if (streaming == null) {
            fail(Denial.Fault.BROKEN_ANSWER, reason);
        } else {
            over = true;
            drop();
            record(answer.status(), Errcode.NONE, Optional.of(Printable.ascii(reason)));
        }
    }

    private void tooLate() {
        if (over) {
            return;
        }
        long seconds = means.options().answerWithin().toSeconds();
        if (streaming != null) {
            streaming.breakOff(new java.util.concurrent.TimeoutException("nothing moved"));
        } else if (ticket != null && means.turnstile().isWaiting(ticket)) {
            fail(
                    Denial.Fault.TOO_MANY_CALLS,
                    "too many calls toward WeChat at once: waited %d s for a connection".formatted(seconds));
        } else if (body.isReadAhead() || (upstream != null && !body.isSent())) {
            fail(Denial.Fault.TOO_LATE, "the body of the request did not go on for %d s".formatted(seconds));
        } else {
            fail(Denial.Fault.TOO_LATE, "WeChat at %s did not answer within %d s".formatted(baseUrl(), seconds));
        }
    }

    @Override
    public void abandon() {
        if (!over) {
            over = true;
            drop();
            record(0, Errcode.NONE, Optional.of("the asker went away"));
        }
    }

    // --- ends --------------------------------------------------------------------------------------------------------

    private void fail(Denial.Fault fault, String reason) {
        if (!over) {
            over = true;
            drop();
            deny(Denial.broken(fault, reason));
        }
    }

    private void deny(Denial denial) {
        over = true;
        record(denial.status(), denial.errcode(), Optional.of(denial.reason()));
        means.log().tell(question.asker(), question.method().name(), question.path(), denial);
        answering.denied(denial);
    }

    /** WeChat has answered. The rest of a body that it did not wait for would be read as the next request. */
    private void leave() {
        release(!body.isSent());
    }

    private void drop() {
        release(true);
    }

    private void release(boolean resets) {
        HttpClientRequest left = upstream;
        upstream = null;
        silence.end();
        body.hold();
        if (left != null && resets) {
            left.reset();
        }
        if (ticket != null) {
            ticket.leave();
        }
    }

    private void record(int status, int errcode, Optional<String> reason) {
        means.ports()
                .recorder()
                .record(new OpenApiRecord(
                        at,
                        question.asker(),
                        appId,
                        question.method().name(),
                        question.path(),
                        status,
                        errcode,
                        tries,
                        reason,
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)));
    }

    /** The words of a failure may hold the address, and with it the token: they are not passed on. */
    private String weChat(String what, Throwable failure) {
        return "WeChat at %s ".formatted(baseUrl())
                + what.formatted(failure.getClass().getSimpleName());
    }

    private String weChatAnswered(int status) {
        return "WeChat at %s answered %d, which nobody asked for".formatted(baseUrl(), status);
    }

    private String baseUrl() {
        return means.clients().baseUrl().toString();
    }
}
