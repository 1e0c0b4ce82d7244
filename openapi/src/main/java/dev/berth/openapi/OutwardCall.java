package dev.berth.openapi;

import dev.berth.core.OpenApiRecord;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call on its way: who asks → permission list → token → send → read errcode → record. Lives on one event loop. */
final class OutwardCall implements Pipeline.Asked, Sending.Receiver {
    /** The first, and one after a stale token. */
    private static final int MOST_TRIES = 2;

    private final Means means;
    private final ContextInternal context;
    private final Question question;
    private final Answering answering;
    private final RequestBody body;
    private final Instant at;
    private final long begun = System.nanoTime();
    private String appId = "";
    private String token = "";
    private Echo echo = Echo.none();
    private @Nullable Silence reading;
    private @Nullable Sending sending;
    private int tries;
    private boolean over;

    OutwardCall(Means means, ContextInternal context, Question question, Answering answering) {
        this.means = means;
        this.context = context;
        this.question = question;
        this.answering = answering;
        this.body = new RequestBody(question.body(), question.declaredLength(), this::bodyBroke, this::bodyMoved);
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
        Silence silence = new Silence(means.vertx(), means.options().answerWithin(), this::bodyStopped);
        reading = silence;
        silence.broken();
        body.readAhead(() -> {
            stopReading();
            local.answer(appId, question.query(), body.inHand())
                    .ifPresentOrElse(json -> answerLocally(Buffer.buffer(json)), this::askWeChat);
        });
    }

    private void stopReading() {
        if (reading != null) {
            reading.end();
            reading = null;
        }
    }

    private void answerLocally(Buffer json) {
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
                echo = Echo.of(token);
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
                    "the secret of %s is missing; %s".formatted(appId, TokenRenewal.addSecret(appId))));
        } else {
            echo = Echo.of(secret.get());
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

    private static MultiMap jsonHeaders() {
        return HttpHeaders.headers().add(HttpHeaders.CONTENT_TYPE, Denial.JSON);
    }

    private void send(String uri) {
        Sending next = new Sending(means, context, question, body, uri, this);
        sending = next;
        next.start();
    }

    private void bodyMoved() {
        if (reading != null) {
            reading.broken();
        } else if (sending != null) {
            sending.moved();
        }
    }

    private void bodyBroke(String what) {
        if (reading != null) {
            stopReading();
            deny(Denial.broken(Denial.Fault.BROKEN_REQUEST, what));
        } else if (sending != null) {
            sending.bodyBroke(what);
        }
    }

    private void bodyStopped() {
        stopReading();
        body.hold();
        long seconds = means.options().answerWithin().toSeconds();
        deny(Denial.broken(Denial.Fault.TOO_LATE, "the body of the request did not go on for %d s".formatted(seconds)));
    }

    @Override
    public void written() {
        tries++;
    }

    @Override
    public void whole(Answer answer, Buffer read) {
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
        over = true;
        record(answer.status(), errcode, Optional.empty());
        answering.answered(echo.hiddenIn(answer), echo.hiddenIn(read));
    }

    @Override
    public void streams(Answer answer, StreamedBody stream) {
        answering.streams(echo.hiddenIn(answer), stream);
    }

    @Override
    public void streamed(Answer answer) {
        over = true;
        record(answer.status(), Errcode.NONE, Optional.empty());
    }

    @Override
    public void brokeOff(Answer answer, String reason) {
        over = true;
        record(answer.status(), Errcode.NONE, Optional.of(Printable.ascii(reason)));
    }

    @Override
    public void failed(Denial.Fault fault, String reason) {
        deny(Denial.broken(fault, reason));
    }

    @Override
    public void abandon() {
        if (!over) {
            over = true;
            if (reading != null) {
                stopReading();
                body.hold();
            }
            if (sending != null) {
                sending.abandon();
            }
            record(0, Errcode.NONE, Optional.of("the asker went away"));
        }
    }

    private void deny(Denial denial) {
        over = true;
        record(denial.status(), denial.errcode(), Optional.of(denial.reason()));
        means.log().tell(question.asker(), question.method().name(), question.path(), denial);
        answering.denied(denial);
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
}
