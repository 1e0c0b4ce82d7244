package dev.berth.gateway;

import dev.berth.core.AccessKind;
import dev.berth.core.Activator;
import dev.berth.core.App;
import dev.berth.core.CallRecord;
import dev.berth.core.Caller;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.GatewayError;
import dev.berth.core.Refusal;
import dev.berth.core.Release;
import dev.berth.core.StartFailure;
import dev.berth.core.SystemError;
import dev.berth.core.Version;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.StreamResetException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The way of one call of the native channel (CH-113), from top to bottom: check framing, method, path → authenticate the
 * caller → authorise the environment → find service and version → check size → lease an instance → forward → record.
 * The order is CH-138's; the first failure answers. Lives on one event loop.
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
    private final Directory directory;
    private final RequestBody body;
    private final Retries retries = new Retries();
    private @Nullable Identity identity;
    private @Nullable Version version;
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
        this.directory = lane.directory().current();
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
        HttpMethod method = request.method();
        if (!lane.options().methods().allow(method)) {
            return Optional.of(Refusal.system( // CH-72
                    SystemError.METHOD_NOT_ALLOWED, "gateway", "method: " + method + " (expected: one of CF-3)"));
        }
        return RequestTarget.fault(request.uri())
                .map(fault -> Refusal.system(SystemError.INVALID_PATH, "gateway", fault)); // CH-73
    }

    private void authenticate() {
        Optional<Caller> cached = lane.sessions().cached(head.session());
        if (cached.isPresent()) {
            authorise(cached.get());
            return;
        }
        lane.sessions()
                .verify(head.session())
                .onComplete(verdict -> context.runOnContext(ignored -> {
                    if (finished) {
                        return;
                    }
                    if (verdict.failed()) {
                        refuse(unexpected(
                                "sessions cannot be read: " + verdict.cause().getMessage()));
                        return;
                    }
                    switch (verdict.result()) { // CH-83
                        case Sessions.Valid valid -> authorise(valid.caller());
                        case Sessions.Forged forged ->
                            refuse(Refusal.system(
                                    SystemError.SESSION_INVALID,
                                    "gateway",
                                    head.session().isEmpty()
                                            ? "no X-Berth-Session; sign in first"
                                            : "not a session of this platform"));
                        case Sessions.Over over ->
                            refuse(Refusal.system(
                                    SystemError.SESSION_EXPIRED, "gateway", "the session is over; sign in again"));
                    }
                }));
    }

    private void authorise(Caller caller) {
        Optional<EnvironmentEntry> environment = directory.environment(head.environment());
        if (environment.isEmpty()) {
            refuse(Refusal.system( // CH-75
                    SystemError.ENVIRONMENT_UNKNOWN,
                    "gateway",
                    "X-WX-ENV: " + head.environment() + " is not known here"));
            return;
        }
        EnvironmentEntry entry = environment.get();
        String owner = entry.environment().appId();
        String claimed = head.resourceApp().isEmpty() ? caller.appId() : head.resourceApp();
        boolean shared = !owner.equals(caller.appId()); // CH-137: naming one's own app is no sharing
        if (!claimed.equals(owner) || (shared && !entry.grants().contains(caller.appId()))) {
            refuse(Refusal.system( // CH-74, CH-115
                    SystemError.ENVIRONMENT_NOT_AUTHORISED,
                    "gateway",
                    "environment " + head.environment() + " is neither owned by app " + caller.appId()
                            + " nor granted to it under X-WX-RESOURCE-APPID: " + head.resourceApp()));
            return;
        }
        Optional<App> app = directory.app(caller.appId());
        identity = new Identity(caller, shared, app);
        findService(entry);
    }

    private void findService(EnvironmentEntry environment) {
        if (head.service().isEmpty()) {
            refuse(Refusal.system(SystemError.SERVICE_MISSING, "gateway", "no X-WX-SERVICE")); // CH-77
            return;
        }
        Optional<ServiceEntry> service = environment.service(head.service());
        if (service.isEmpty()) {
            refuse(Refusal.system( // CH-76
                    SystemError.SERVICE_UNKNOWN,
                    "gateway",
                    "X-WX-SERVICE: " + head.service() + " is not deployed in " + head.environment()));
            return;
        }
        if (!service.get().service().isOpenTo(AccessKind.MINIAPP)) {
            refuse(Refusal.system(
                    SystemError.ACCESS_CLOSED, "gateway", "the service is closed to mini programs")); // CH-78
            return;
        }
        findVersion(service.get().release());
    }

    private void findVersion(Release release) {
        if (release.isEmpty()) {
            refuse(Refusal.gateway(GatewayError.SERVICE_FORBIDDEN, "hosting", "no version is deployed")); // CH-106
            return;
        }
        Optional<Version> chosen = release.choose(ThreadLocalRandom.current().nextInt(100));
        if (chosen.isEmpty()) {
            refuse(Refusal.gateway( // CH-107
                    GatewayError.SERVICE_ENDPOINT_NOT_FOUND, "hosting", "every version has 0 % of the traffic"));
            return;
        }
        checkSize(chosen.get());
    }

    private void checkSize(Version chosen) {
        long length = head.framing().contentLength();
        if (length > head.bodyLimit()) {
            refuse(Refusal.system( // CH-80
                    SystemError.REQUEST_TOO_LARGE,
                    "gateway",
                    "Content-Length: " + length + " (expected: <= " + head.bodyLimit() + ")"));
            return;
        }
        version = chosen;
        lane.activator().lease(chosen, this);
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
        Identity proven = identity;
        if (finished || proven == null) {
            lease.end();
            return;
        }
        times.leased(lease.cold());
        if (retries.isFirstTry()) {
            proven.writeTo(head.forwarded(), head, callId, request.uri(), clientAddress());
        }
        exchange = new Exchange(lane, request, head, body, retries, lease, times, answers, this);
        exchange.start();
    }

    /** The instance cannot be reached. */
    @Override
    public void leaseAnother() {
        exchange = null;
        if (version != null) {
            lane.activator().lease(version, this);
        }
    }

    /** CH-45; without the zone of a link-local address. */
    private String clientAddress() {
        String address = request.remoteAddress().hostAddress();
        int zone = address.indexOf('%');
        String peer = zone < 0 ? address : address.substring(0, zone);
        return lane.options().trustedProxies().clientAddress(peer, head.forwardedFor()); // CH-61
    }

    private void passDeadline() {
        if (finished) {
            return;
        }
        Refusal late = Refusal.system( // CH-71
                SystemError.TIMEOUT,
                exchange == null ? "runtime" : "service",
                "no complete answer within " + head.deadlineMillis() + " ms");
        stop(late);
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

    private Refusal unexpected(String reason) {
        return Refusal.system(SystemError.UNEXPECTED, "gateway", reason); // CH-86
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
                        head.service(),
                        Optional.ofNullable(version).map(Version::id),
                        Optional.ofNullable(identity).map(Identity::caller),
                        status,
                        refusal.map(NativeCall::outcome).orElse("ok"),
                        refusal,
                        times.cold(),
                        times.queueMillis(),
                        times.totalMillis()));
    }

    private static String outcome(Refusal refusal) {
        return switch (refusal) {
            case Refusal.SystemRefusal system -> Integer.toString(system.error().code());
            case Refusal.GatewayRefusal gateway -> gateway.error().name();
        };
    }
}
