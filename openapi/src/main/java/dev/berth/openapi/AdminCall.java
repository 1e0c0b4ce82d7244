package dev.berth.openapi;

import dev.berth.core.AdminActions;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One request to {@code /admin}: is it one? → read it as a whole → answer. On its event loop. */
final class AdminCall {
    private static final System.Logger LOG = System.getLogger("dev.berth.openapi");

    private final Vertx vertx;
    private final Context context;
    private final RelayAnswers answers;
    private final HttpServerRequest request;
    private final Ration bodies;
    private final RelayBody body;
    private final Buffer read = Buffer.buffer();
    private long timer;
    private long taken;
    private boolean over;

    /** @param bodies bytes of all requests together that are kept until their answer */
    AdminCall(Vertx vertx, RelayAnswers answers, HttpServerRequest request, Ration bodies) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.answers = answers;
        this.request = request;
        this.bodies = bodies;
        this.body = new RelayBody(request, AdminActions.LONGEST_BODY, () -> refuse(AdminRefusal.tooLarge()));
    }

    /** @param arrivesWithin how long the body may take */
    void answer(String host, String query, Duration arrivesWithin, AdminActions actions) {
        RequestFraming framing = RequestFraming.of(request);
        Optional<AdminRefusal> refusal = refusal(framing);
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
        request.response().closeHandler(gone -> conclude());
        timer = vertx.setTimer(
                arrivesWithin.toMillis(), ignored -> refuse(AdminRefusal.tooSlow(arrivesWithin.toSeconds())));
        body.exceptionHandler(gone -> conclude());
        body.endHandler(whole -> {
            vertx.cancelTimer(timer);
            ask(actions, host, query);
        });
        body.handler(this::keep);
        body.resume();
    }

    private Optional<AdminRefusal> refusal(RequestFraming framing) {
        Optional<RelayRefusal> unreadable = framing.refusal(request);
        if (unreadable.isPresent()) {
            return unreadable.map(AdminRefusal::of);
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return Optional.of(AdminRefusal.method(request.method().name()));
        }
        return framing.length() > AdminActions.LONGEST_BODY ? Optional.of(AdminRefusal.tooLarge()) : Optional.empty();
    }

    private void keep(Buffer part) {
        if (over) {
            return;
        }
        if (bodies.take(part.length())) {
            taken += part.length();
            read.appendBuffer(part);
        } else {
            refuse(AdminRefusal.tooMany());
        }
    }

    private void ask(AdminActions actions, String host, String query) {
        if (over) {
            return;
        }
        CompletionStage<AdminActions.Answer> answer;
        try {
            answer = actions.answer(new AdminActions.Request(
                    HttpMethod.POST.name(), host, PlatformNames.PATH, query, headers(), read.getBytes()));
        } catch (RuntimeException e) {
            tell(e);
            return;
        }
        answer.whenComplete((found, failure) -> context.runOnContext(back -> told(found, failure)));
    }

    private void told(AdminActions.@Nullable Answer found, @Nullable Throwable failure) {
        if (found != null) {
            finish(found, false);
        } else {
            tell(failure);
        }
    }

    /** What a failure says may hold what was asked: it is not passed on. */
    private void tell(@Nullable Throwable failure) {
        LOG.log(Level.ERROR, "a request of wx-server-sdk was not answered", failure);
        refuse(AdminRefusal.defect());
    }

    /** The first of several. What belongs to the connection stays here: it holds the relay's credential. */
    private Map<String, String> headers() {
        MultiMap all = HttpHeaders.headers().addAll(request.headers());
        RelayAnswers.dropHopByHop(all);
        Map<String, String> first = new LinkedHashMap<>();
        all.forEach((name, value) -> first.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return first;
    }

    void refuse(AdminRefusal refusal) {
        finish(refusal.answer(), refusal.endsConnection());
    }

    private void finish(AdminActions.Answer answer, boolean endsConnection) {
        if (over) {
            return;
        }
        conclude();
        request.response().setStatusCode(answer.status()).putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
        answers.finish(request, Buffer.buffer(answer.body()), endsConnection);
    }

    private void conclude() {
        if (over) {
            return;
        }
        over = true;
        body.stop();
        vertx.cancelTimer(timer);
        bodies.giveBack(taken);
    }
}
