package dev.berth.functions;

import dev.berth.core.Directory;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.Event;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.FunctionInvoker.Result;
import dev.berth.core.FunctionInvoker.Returned;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One invocation, from the request to its outcome. Used once, by one thread, which it blocks. */
final class InvocationRun {
    private static final Logger LOG = System.getLogger(InvocationRun.class.getName());

    private final InvocationSurroundings around;
    private final HostSource hosts;
    private final FunctionInvoker.Invocation invocation;
    private final String requestId = UUID.randomUUID().toString();
    private final long begun = System.nanoTime();
    private Optional<FunctionVersionId> version = Optional.empty();
    private Duration duration = Duration.ZERO;
    private int memory;
    private boolean onHost;
    private boolean cold;
    private List<String> lines = List.of();

    InvocationRun(InvocationSurroundings around, HostSource hosts, FunctionInvoker.Invocation invocation) {
        this.around = around;
        this.hosts = hosts;
        this.invocation = invocation;
    }

    /** Never fails. */
    Outcome run() {
        Result result;
        try {
            result = admitted();
        } catch (InvocationFailure e) {
            result = e.failed();
        } catch (InterruptedException e) {
            result = PoolSurroundings.stopping().failed();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "invocation %s of %s failed".formatted(requestId, invocation.function()), e);
            result = new Failed(
                    FunctionError.PLATFORM_FAILED,
                    "%s: see the server's log for %s".formatted(FunctionError.PLATFORM_FAILED.text(), requestId));
        }
        Duration total = Duration.ofNanos(System.nanoTime() - begun);
        return new Outcome(requestId, version, result, duration, total, memory, cold, lines);
    }

    private Result admitted() throws InterruptedException {
        Directory directory = around.ports().directory().current();
        FunctionEntry entry = directory.function(invocation.function()).orElseThrow(this::unknown);
        String owner = directory
                .environment(invocation.function().environmentId())
                .orElseThrow()
                .environment()
                .appId();
        EventLimits.check(invocation.event());
        around.concurrency().enter(invocation.function());
        try {
            version = Optional.of(entry.live().id());
            return reported(entry.live(), owner);
        } finally {
            around.concurrency().leave(invocation.function());
        }
    }

    /** WT-69. */
    private InvocationFailure unknown() {
        return new InvocationFailure(
                FunctionError.UNKNOWN,
                "%s: no function %s in %s. Deploy it, or correct the name."
                        .formatted(
                                FunctionError.UNKNOWN.text(),
                                invocation.function().name(),
                                invocation.function().environmentId()));
    }

    private Result reported(FunctionVersion live, String owner) throws InterruptedException {
        InvocationLines log =
                new InvocationLines(around.ports().logOf(invocation.function()), requestId, invocation.withLog());
        try {
            return onHost(live, owner, log);
        } catch (InvocationFailure e) {
            log.write(InvocationReports.failure(requestId, e));
            throw e;
        } finally {
            if (onHost) { // or else there was no host, and nothing to report of it
                log.write(
                        InvocationReports.end(duration, memory, live.settings().memory(), cold));
            }
            lines = log.kept();
        }
    }

    private Result onHost(FunctionVersion live, String owner, InvocationLines log) throws InterruptedException {
        InvocationEvent event =
                new InvocationEvent(invocation, owner, around.ports().cloudIds());
        InvocationSecrets secrets = InvocationSecrets.mint();
        String token = invocation.origin().withToken() ? secrets.token() : "";
        var variables = InvocationVariables.of(
                invocation.function().environmentId(), owner, requestId, invocation.origin(), event.opened(), secrets);
        var running = new LiveInvocation(
                requestId, live.id(), invocation.origin(), token, secrets.secretId(), secrets.secretKey(), log::tell);
        Optional<Duration> limit = hosts.timeLimit(live);
        var given =
                new HostInvocation(requestId, event.text(), InvocationContext.of(requestId, live, limit), variables);
        try (HostLease lease = hosts.acquire(live)) {
            cold = lease.isCold();
            onHost = true;
            log.write(InvocationReports.begin(lease, invocation.origin()));
            around.running().add(running);
            try {
                return result(lease.host(), given, limit, log);
            } finally {
                around.running().remove(running);
            }
        }
    }

    private Result result(FunctionHost host, HostInvocation given, Optional<Duration> limit, InvocationLines log)
            throws InterruptedException {
        AtomicLong peak = host.memory().beginPeak();
        long from = System.nanoTime();
        try {
            HostOutcome outcome = host.invoke(given, limit, log);
            duration = Duration.ofNanos(System.nanoTime() - from);
            return switch (outcome) {
                case HostOutcome.Done(JsonText result) -> new Returned(result.text());
                case HostOutcome.Failed(var error) -> throw InvocationFailure.thrown(error.stack());
                case HostOutcome.TooLarge(long bytes) ->
                    throw new InvocationFailure(
                            FunctionError.RESULT_TOO_LARGE,
                            "%s: %d bytes".formatted(FunctionError.RESULT_TOO_LARGE.text(), bytes));
                case HostOutcome.Gone(String reason) ->
                    throw InvocationFailure.of(host.ending().cause("before the invocation was done", reason));
            };
        } catch (TimeoutException e) {
            duration = Duration.ofNanos(System.nanoTime() - from);
            throw timedOut(host, limit.orElseThrow());
        } finally {
            host.memory().endPeak(peak);
            memory = Texts.mebibytes(peak.get());
        }
    }

    private InvocationFailure timedOut(FunctionHost host, Duration limit) {
        String message =
                "%s after %s seconds".formatted(FunctionError.TIMED_OUT.text(), Texts.number(limit)); // WT-69, AD-83
        host.ending()
                .kill(new Failed(
                        FunctionError.EXECUTION_FAILED,
                        "the function's process was killed because another invocation in it took longer than "
                                + Texts.seconds(limit)));
        around.ports().tell(Event.Kind.FUNCTION_HOST_KILLED, host.version().id(), host.id(), message);
        return new InvocationFailure(FunctionError.TIMED_OUT, message);
    }
}
