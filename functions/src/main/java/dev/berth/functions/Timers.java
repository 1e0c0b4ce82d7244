package dev.berth.functions;

import dev.berth.core.BerthException;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.FunctionInvoker.Invocation;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.Origin;
import dev.berth.core.Problem;
import dev.berth.core.TickClaims;
import dev.berth.core.Trigger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Invokes functions when their triggers are due (HO-60…HO-64): each tick once, whichever of the nodes over one registry
 * claims it. What is deployed or removed holds within a second.
 *
 * <p>One thread looks; claims and invocations are begun on virtual threads.
 */
public final class Timers implements Triggers, AutoCloseable {
    /** So often, at least, the directory and the clock are looked at. */
    static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration TO_END = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger(Timers.class.getName());

    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    private final DirectorySource directory;
    private final FunctionInvoker invoker;
    private final InstantSource clock;
    private final Pause pause;
    private final Schedule schedule;
    private final FutureClaims futureClaims;
    private final TickRunner runner;
    private final ExecutorService threads;
    private final Thread scheduler;

    /** @param zone in which expressions are read; WeChat's is {@link Cron#DEFAULT_ZONE} */
    public Timers(
            DirectorySource directory, TickClaims claims, FunctionInvoker invoker, InstantSource clock, ZoneId zone) {
        this(directory, claims, invoker, clock, zone, Thread::sleep);
    }

    Timers(
            DirectorySource directory,
            TickClaims claims,
            FunctionInvoker invoker,
            InstantSource clock,
            ZoneId zone,
            Pause pause) {
        this.directory = directory;
        this.invoker = invoker;
        this.clock = clock;
        this.pause = pause;
        this.schedule = new Schedule(zone);
        this.futureClaims = new FutureClaims(claims, clock);
        this.runner = new TickRunner(claims, invoker, clock);
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("timer-claim-", 0).factory());
        this.scheduler = Thread.ofPlatform().daemon().name("timers").unstarted(this::look);
    }

    /** From now on ticks run. Once. */
    public void start() {
        scheduler.start();
    }

    private void look() {
        try {
            while (true) {
                pause.sleep(round());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts what is due. Answers the time until somebody must look again. */
    Duration round() {
        try {
            Instant now = clock.instant();
            schedule.follow(directory.current(), now);
            futureClaims.look(now, threads);
            CompletableFuture<?> trusted = futureClaims.looking();
            schedule.due(now).forEach(tick -> tick.trigger().claimInOrder(() -> run(tick, trusted), threads));
            return schedule.next()
                    .map(next -> Duration.between(now, next))
                    .filter(time -> time.compareTo(LOOK) < 0)
                    .orElse(LOOK);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Timers failed to look; they look again", e);
            return LOOK;
        }
    }

    private void run(Schedule.Tick tick, CompletableFuture<?> trusted) {
        trusted.join();
        runner.run(tick);
    }

    /** Done when all ticks until now are claimed and, if they are ours, begun; and claims of the future taken back. */
    CompletableFuture<Void> claims() {
        return CompletableFuture.allOf(Stream.concat(
                        Stream.of(futureClaims.looking()),
                        schedule.triggers().stream().map(ScheduledTrigger::claims))
                .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public List<TriggerStatus> list(String environmentId) {
        return schedule.triggers().stream()
                .filter(trigger -> trigger.function().environmentId().equals(environmentId))
                .map(ScheduledTrigger::status)
                .sorted(Comparator.comparing(
                                (TriggerStatus status) -> status.function().name())
                        .thenComparing(status -> status.trigger().name()))
                .toList();
    }

    @Override
    public Outcome runNow(FunctionId function, String trigger) throws InterruptedException {
        String event = TimerEvent.of(require(function, trigger), clock.instant());
        CompletableFuture<Outcome> outcome = invoker.invoke(
                        new Invocation(function, event, Map.of(), Origin.timer(), true))
                .toCompletableFuture();
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an invocation failed instead of telling its outcome", e);
        }
    }

    private Trigger require(FunctionId function, String name) {
        Optional<FunctionEntry> entry = directory.current().function(function);
        List<Trigger> triggers = entry.orElseThrow(() -> new BerthException(new Problem(
                        "FUNCTION_UNKNOWN",
                        "functions",
                        "function: %s (expected: one that is deployed)".formatted(function),
                        "See which have triggers with: berth triggers")))
                .live()
                .settings()
                .triggers();
        return triggers.stream()
                .filter(trigger -> trigger.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BerthException(new Problem(
                        "TRIGGER_UNKNOWN",
                        "functions",
                        "trigger: %s (expected: one of %s)"
                                .formatted(
                                        name,
                                        triggers.stream().map(Trigger::name).toList()),
                        "Add it to triggers in the config.json of the function, and deploy again.")));
    }

    /** Begins no more ticks; what was begun goes on. Waits for claims under way, a few seconds at most. */
    @Override
    public void close() {
        scheduler.interrupt();
        try {
            if (scheduler.isAlive()) {
                scheduler.join(TO_END);
            }
            claims().get(TO_END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "Claims of ticks do not end: {0}", e.toString());
        } finally {
            threads.shutdownNow();
        }
    }
}
