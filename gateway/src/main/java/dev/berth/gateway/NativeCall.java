package dev.berth.gateway;

import dev.berth.core.Activator;
import dev.berth.core.CallRecord;
import dev.berth.core.Caller;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.GatewayError;
import dev.berth.core.Refusal;
import dev.berth.core.StartFailure;
import dev.berth.core.SystemError;
import dev.berth.core.Version;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.StreamResetException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of one call of the native channel (CH-113), from top to bottom: check framing, method, path → authenticate the
 * caller → choose the {@link Destination} (environment, service, version; size) → lease an instance → forward → record. The
 * order is CH-138's; the first failure answers. Lives on one event loop.
 */
final class NativeCall implements Activator.LeaseReceiver, Exchange.Finished {
    private final Lane lane;
    private final Context context;
    private final HttpServerRequest request;
    private final InboundHead head;
    private final CallTimes times;
    private final String callId;
    private final Answers answers;
    private final long deadline;
    private final Destination destination;
    private final RequestBody body;
    private final Retries retries = new Retries();
    private @Nullable Exchange exchange;
    private boolean finished;

    NativeCall(Lane lane, HttpServerRequest request, InboundHead head) {
        this.lane = lane;
        this.context = lane.vertx().getOrCreateContext();
        this.request = request;
        this.head = head;
        this.times = new CallTimes(lane.clock());
        this.callId = CallIds.callId(head.callId(), times.startMillis());
        this.answers = new Answers(request, head, lane.options(), times, callId);
        this.body = new RequestBody(request, head, Retries.mayRepeatBody(request.method()));
        this.destination = new Destination(lane.directory().current(), head, lane.tokens());
        this.deadline = lane.vertx().setTimer(head.deadlineMillis(), ignored -> passDeadline());
    }

    void run() {
        request.pause(); // CH-39: nothing of the body is read before its service is chosen
        request.response().closeHandler(closed -> abandon());
        if (head.framing().chunked()) {
            request.exceptionHandler(this::giveUpBody);
        }
        Optional<Refusal> refusal = checkForm();
        if (refusal.isPresent()) {
            refuse(refusal.get());
        } else {
            authenticate();
        }
    }

    private Optional<Refusal> checkForm() {
        Optional<String> framing = head.framing().fault();
        if (framing.isPresent()) {
            answers.endConnection(); // who knows where the next request begins
            return Optional.of(Refusal.system(SystemError.MALFORMED, "client", framing.get())); // CH-79
        }
        if (!lane.options().methods().allow(request.method())) {
            return Optional.of(
                    own( // CH-72
                            SystemError.METHOD_NOT_ALLOWED,
                            "method: " + request.method() + " (expected: one of CF-3)"));
        }
        return RequestTarget.fault(request.uri()).map(fault -> own(SystemError.INVALID_PATH, fault)); // CH-73
    }

    private void authenticate() {
        Optional<Caller> cached = lane.sessions().cached(head.session());
        if (cached.isPresent()) {
            choose(cached.get());
            return;
        }
        lane.sessions()
                .verify(head.session())
                .onComplete(verdict -> context.runOnContext(ignored -> {
                    if (finished) {
                        return;
                    }
                    if (verdict.failed()) {
                        refuse(own(
                                SystemError.UNEXPECTED,
                                "sessions cannot be read: " + verdict.cause().getMessage())); // CH-86
                        return;
                    }
                    switch (verdict.result()) { // CH-83
                        case Sessions.Valid valid -> choose(valid.caller());
                        case Sessions.Unproven unproven -> refuse(Entrance.unproven(unproven, head));
                    }
                }));
    }

    private void choose(Caller caller) {
        Optional<Refusal> refusal = destination.enter(caller);
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
        FunctionEntry guard = destination.guard();
        if (guard == null) {
            chooseVersion();
        } else {
            askOwner(guard, caller);
        }
    }

    /** CH-133. */
    private void askOwner(FunctionEntry guard, Caller caller) {
        lane.sharing()
                .verdict(guard, head.session(), caller, lane.clientAddress(request, head))
                .thenAccept(verdict -> context.runOnContext(ignored -> {
                    if (finished) {
                        return;
                    }
                    if (verdict.isPresent()) {
                        refuse(verdict.get());
                    } else {
                        chooseVersion();
                    }
                }));
    }

    private void chooseVersion() {
        Optional<Refusal> refusal = destination.choose();
        if (refusal.isPresent()) {
            refuse(refusal.get());
        } else {
            leaseAnother();
        }
    }

    @Override
    public void granted(Activator.Lease lease) {
        if (context.equals(lane.vertx().getOrCreateContext())) {
            forward(lease);
        } else {
            context.runOnContext(ignored -> forward(lease));
        }
    }

    @Override
    public void refused(StartFailure failure) {
        context.runOnContext(ignored -> {
            if (!finished) {
                refuse(Refusal.gateway( // CH-105; what the service printed stays on the management side
                        GatewayError.SERVICE_NOT_READY,
                        "runtime",
                        failure.problem().code() + "; see berth logs"));
            }
        });
    }

    private void forward(Activator.Lease lease) {
        Identity proven = destination.identity();
        if (finished || proven == null) {
            lease.end();
            return;
        }
        times.leased(lease.cold());
        if (retries.isFirstTry()) {
            proven.writeTo(head.forwarded(), head, callId, request.uri(), lane.clientAddress(request, head));
        }
        exchange = new Exchange(lane, request, head, body, retries, lease, times, answers, this);
        exchange.start();
    }

    /** Also when an instance cannot be reached. */
    @Override
    public void leaseAnother() {
        exchange = null;
        Version version = destination.version();
        if (version != null) {
            lane.activator().lease(version, this);
        }
    }

    private void passDeadline() {
        if (!finished) {
            stop(Refusal.system( // CH-71
                    SystemError.TIMEOUT,
                    exchange == null ? "runtime" : "service",
                    "no complete answer within " + head.deadlineMillis() + " ms"));
        }
    }

    /** CH-79: a chunk that is none. The connection ends with it. */
    private void giveUpBody(Throwable failure) {
        if (failure instanceof StreamResetException) {
            abandon();
        } else if (!finished) {
            stop(Refusal.system(SystemError.MALFORMED, "client", "the body is broken: " + failure.getMessage()));
        }
    }

    private void stop(Refusal refusal) {
        if (exchange != null) {
            exchange.stop(refusal);
        } else {
            refuse(refusal);
        }
    }

    /** The client went away. */
    private void abandon() {
        if (finished) {
            return;
        }
        Refusal gone = Refusal.gateway(GatewayError.BAD_REQUEST, "client", "closed the connection before the answer");
        if (exchange != null) {
            exchange.stop(gone);
        } else {
            finish(0, Optional.of(gone));
        }
    }

    private static Refusal own(SystemError error, String reason) {
        return Refusal.system(error, "gateway", reason);
    }

    private void refuse(Refusal refusal) {
        int status = answers.refuse(refusal);
        LeftoverBody.drain(lane.vertx(), request);
        finish(status, Optional.of(refusal));
    }

    @Override
    public void finish(int status, Optional<Refusal> refusal) {
        if (finished) {
            return;
        }
        finished = true;
        lane.vertx().cancelTimer(deadline);
        lane.recorder()
                .record(new CallRecord(
                        callId,
                        Instant.ofEpochMilli(times.startMillis()),
                        request.method().name(),
                        RequestTarget.path(request.uri()),
                        head.environment(),
                        CallRecord.Kind.SERVICE,
                        head.service(),
                        Optional.ofNullable(destination.version()).map(Version::id),
                        Optional.ofNullable(destination.identity()).map(Identity::caller),
                        status,
                        refusal.map(Answers::outcome).orElse("ok"),
                        refusal,
                        times.cold(),
                        times.queueMillis(),
                        times.totalMillis()));
    }
}
