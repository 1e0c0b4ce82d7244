package dev.berth.server;

import dev.berth.core.CallRecorder;
import dev.berth.core.DirectorySource;
import dev.berth.core.EventRecorder;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.RefusedRequest;
import dev.berth.core.SessionStore;
import dev.berth.core.SignIn;
import dev.berth.functions.InvocationObserver;
import io.vertx.core.Vertx;

/** Everything that is counted while the server runs. What is handed in is counted and passed on, unless metrics are off. */
final class Metrics {
    private final boolean on;
    private final DirectorySource directory;
    private final CallMetrics calls;
    private final EventMetrics events;
    private final Counters refusals = new Counters();
    private final Counters signIns = new Counters();
    private final Counters storeFailures = new Counters();
    private final OpenApiMetrics openApi = new OpenApiMetrics();
    private final InvocationMetrics invocations = new InvocationMetrics();
    private final LoopLag lag = new LoopLag();

    Metrics(MetricsAccess access, DirectorySource directory, Vertx vertx) {
        this.on = access != MetricsAccess.OFF;
        this.directory = directory;
        this.calls = new CallMetrics(directory);
        this.events = new EventMetrics(calls);
        if (on) {
            lag.watch(vertx, Runtime.getRuntime().availableProcessors());
        }
    }

    CallRecorder countingCalls(CallRecorder recorder) {
        return on
                ? call -> {
                    calls.record(call);
                    recorder.record(call);
                }
                : recorder;
    }

    RefusedRequest.Recorder countingRefusals(RefusedRequest.Recorder recorder) {
        return on
                ? request -> {
                    refusals.increment(
                            ServiceCalls.status(request.status() / 100), request.outcome(), request.component());
                    recorder.record(request);
                }
                : recorder;
    }

    EventRecorder countingEvents(EventRecorder recorder) {
        return on
                ? event -> {
                    events.record(event);
                    recorder.record(event);
                }
                : recorder;
    }

    OpenApiRecord.Recorder countingOpenApi(OpenApiRecord.Recorder recorder) {
        return on
                ? call -> {
                    openApi.record(call);
                    recorder.record(call);
                }
                : recorder;
    }

    /** To be told of each invocation of a function. */
    InvocationObserver countingInvocations() {
        return on
                ? (invocation, outcome) -> invocations.record(invocation.function(), outcome)
                : (invocation, outcome) -> {};
    }

    SignIn countingSignIns(SignIn signIn) {
        return on ? new CountedSignIn(signIn, directory, signIns) : signIn;
    }

    SessionStore countingSessions(SessionStore sessions) {
        return on ? new CountedSessions(sessions, storeFailures) : sessions;
    }

    /** What was counted so far, of services that are still there. */
    void addTo(Samples samples) {
        calls.current()
                .forEach((environment, services) ->
                        services.forEach((service, counted) -> addCalls(samples, environment, service, counted)));
        events.keepOnly(directory.current());
        samples.add(Family.REFUSALS, refusals);
        samples.add(Family.STARTS, events.starts());
        samples.add(Family.ENDS, events.ends());
        samples.add(Family.EVENTS, events.events());
        samples.add(Family.SIGN_INS, signIns);
        openApi.keepOnly(directory.current());
        openApi.addTo(samples);
        invocations.keepOnly(directory.current());
        invocations.addTo(samples);
        samples.add(Family.STORE_FAILURES, storeFailures);
        samples.add(Family.LOOP_LAG, lag.seconds());
    }

    private static void addCalls(Samples samples, String environment, String service, ServiceCalls calls) {
        for (ServiceCalls.Counted counted : calls.counted()) {
            ServiceCalls.Kind kind = counted.kind();
            samples.add(
                    Family.CALLS,
                    (double) counted.number(),
                    environment,
                    service,
                    kind.status(),
                    kind.outcome(),
                    kind.component());
        }
        if (!service.equals(CallMetrics.UNKNOWN)) { // no call of those reaches a version
            samples.add(Family.DURATION, calls.durations(), environment, service);
            samples.add(Family.QUEUE, calls.queues(), environment, service);
            samples.add(Family.COLD_START, calls.coldStarts(), environment, service);
        }
    }
}
