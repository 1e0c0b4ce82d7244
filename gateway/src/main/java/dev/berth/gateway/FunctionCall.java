package dev.berth.gateway;

import dev.berth.core.CallRecord;
import dev.berth.core.Caller;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Invocation;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.GatewayError;
import dev.berth.core.Origin;
import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import dev.berth.core.VersionId;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.StreamResetException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of one {@code callFunction} (CH-142), from top to bottom: framing → {@link Admission} → function, size → read the
 * event → invoke → answer → record. The client going away does not end an invocation. Lives on one event loop.
 */
final class FunctionCall implements Admission.Receiver {
    static final String PATH = "/__berth__/functions/";

    private final Lane lane;
    private final Context context;
    private final HttpServerRequest request;
    private final InboundHead head;
    private final CallTimes times;
    private final String callId;
    private final Answers answers;
    private final EventBody body;
    private final String name;
    private long deadline;
    private @Nullable Caller caller;
    private @Nullable FunctionEntry function;
    private boolean invoked;
    private boolean finished;

    FunctionCall(Lane lane, HttpServerRequest request, InboundHead head) {
        this.lane = lane;
        this.context = lane.vertx().getOrCreateContext();
        this.request = request;
        this.head = head;
        this.times = new CallTimes(lane.clock());
        this.callId = CallIds.callId(head.callId(), times.startMillis());
        this.answers = new Answers(request, head, lane.options(), times, callId);
        this.body = new EventBody(lane, request, head);
        this.name = RequestTarget.path(request.uri()).substring(PATH.length());
        this.deadline = deadlineIn(lane.options().limits().request());
    }

    void run() {
        request.pause(); // nothing of the event is read before its function is known
        request.response().closeHandler(closed -> abandon());
        request.exceptionHandler(this::giveUpBody);
        Optional<String> framing = head.framing().fault();
        if (framing.isPresent()) {
            answers.endConnection();
            refuse(Refusal.system(SystemError.MALFORMED, "client", framing.get())); // CH-79
        } else {
            new Admission(lane, request, head, this).ask();
        }
    }

    @Override
    public void refused(Refusal refusal) {
        refuse(refusal);
    }

    @Override
    public void admitted(Caller proven, EnvironmentEntry environment) {
        if (finished) {
            return;
        }
        caller = proven;
        Optional<FunctionEntry> found = environment.function(name);
        if (found.isEmpty()) {
            refuse(Refusal.function( // WT-69
                    FunctionError.UNKNOWN,
                    "gateway",
                    "function " + name + " is not deployed in " + head.environment()));
            return;
        }
        function = found.get();
        if (body.isTooLarge()) {
            refuse(EventBody.tooLarge());
        } else {
            body.read(event -> invoke(event, proven, found.get()), this::refuse, () -> tell(EventBody.tooLarge()));
        }
    }

    private void invoke(FunctionEvent event, Caller proven, FunctionEntry wanted) {
        if (finished) {
            return;
        }
        invoked = true;
        lane.vertx().cancelTimer(deadline);
        deadline = deadlineIn(
                wanted.live().settings().timeLimit().plus(lane.options().functionLoad()));
        Origin origin = Origin.client(proven, lane.clientAddress(request, head));
        lane.functions()
                .invoke(new Invocation(wanted.id(), event.data(), event.cloudIds(), origin, false))
                .whenComplete((outcome, failure) -> context.runOnContext(ignored -> {
                    if (failure == null) {
                        answer(outcome);
                    } else {
                        refuse(Refusal.system(SystemError.UNEXPECTED, "functions", "could not invoke")); // CH-86
                    }
                }));
    }

    private void answer(Outcome outcome) {
        if (finished) {
            return;
        }
        times.ran(outcome.cold(), outcome.duration());
        Optional<VersionId> version = outcome.version().map(FunctionCall::recorded);
        Optional<Refusal> refusal = FunctionAnswer.refusal(outcome.result());
        if (refusal.isPresent() && !FunctionAnswer.ran(outcome.result())) {
            finish(answers.refuse(refusal.get()), version, refusal);
        } else {
            answers.give(FunctionAnswer.json(outcome));
            finish(200, version, refusal);
        }
    }

    private long deadlineIn(Duration time) {
        return lane.vertx()
                .setTimer(
                        time.toMillis(),
                        ignored -> refuse(Refusal.system(
                                SystemError.TIMEOUT,
                                invoked ? "functions" : "client",
                                (invoked ? "no outcome" : "no whole request") + " within " + time.toMillis() + " ms")));
    }

    private void giveUpBody(Throwable failure) {
        if (failure instanceof StreamResetException || failure instanceof HttpClosedException) {
            abandon();
        } else {
            refuse(Refusal.system( // CH-79
                    SystemError.MALFORMED, "client", "the body is broken: " + failure.getMessage()));
        }
    }

    /** The client went away; what runs already, runs on. */
    private void abandon() {
        if (!finished) {
            String reason = "closed the connection before the answer" + (invoked ? "; the function runs on" : "");
            finish(0, Optional.empty(), Optional.of(Refusal.gateway(GatewayError.BAD_REQUEST, "client", reason)));
        }
    }

    private void refuse(Refusal refusal) {
        if (!finished) {
            tell(refusal);
            LeftoverBody.drain(lane.vertx(), request);
        }
    }

    private void tell(Refusal refusal) {
        if (!finished) {
            finish(answers.refuse(refusal), Optional.empty(), Optional.of(refusal));
        }
    }

    private void finish(int status, Optional<VersionId> version, Optional<Refusal> refusal) {
        finished = true;
        lane.vertx().cancelTimer(deadline);
        lane.recorder()
                .record(new CallRecord(
                        callId,
                        Instant.ofEpochMilli(times.startMillis()),
                        request.method().name(),
                        RequestTarget.path(request.uri()),
                        head.environment(),
                        CallRecord.Kind.FUNCTION,
                        name,
                        version.or(() -> Optional.ofNullable(function)
                                .map(wanted -> recorded(wanted.live().id()))),
                        Optional.ofNullable(caller),
                        status,
                        refusal.map(Answers::outcome).orElse("ok"),
                        refusal,
                        times.cold(),
                        times.queueMillis(),
                        times.totalMillis()));
    }

    private static VersionId recorded(FunctionVersionId version) {
        return new VersionId(
                version.function().environmentId(), version.function().name(), version.number());
    }
}
