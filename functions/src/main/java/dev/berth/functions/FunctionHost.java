package dev.berth.functions;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionVersion;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.InstanceRuntime.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One process that runs a version of a function, with the server's connection to it. Thread-safe; methods block. */
final class FunctionHost {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int EXIT_SECONDS = 5;

    private final String id;
    private final FunctionVersion version;
    private final HostProcess process;
    private final HostLink link;
    private final HostVoice voice;
    private final AtomicReference<Failed> killed = new AtomicReference<>();
    private final Set<AtomicLong> peaks = ConcurrentHashMap.newKeySet();
    private final AtomicInteger working = new AtomicInteger();
    private volatile long workingSince;
    /** Before it ended by itself. */
    private volatile boolean stopped;

    private volatile long residentBytes;
    private volatile Duration startTook = Duration.ZERO;

    /** What its pool knows of it; guarded by the pool's lock. */
    final Use use = new Use();

    static final class Use {
        int invocations;
        boolean invoked;
        boolean watched;
        long lastNanos;

        HostStatus.State state() {
            if (invocations > 0) {
                return HostStatus.State.BUSY;
            }
            return invoked ? HostStatus.State.IDLE : HostStatus.State.WARM;
        }
    }

    FunctionHost(String id, FunctionVersion version, HostProcess process, HostLink link, HostVoice voice) {
        this.id = id;
        this.version = version;
        this.process = process;
        this.link = link;
        this.voice = voice;
    }

    String id() {
        return id;
    }

    FunctionVersion version() {
        return version;
    }

    HostVoice voice() {
        return voice;
    }

    /** Under the pool's lock. */
    HostStatus status(HostStatus.State state) {
        Optional<Instant> idleSince = switch (state) {
            case WARM, IDLE -> Optional.of(process.startedAt().plusNanos(use.lastNanos - process.begun()));
            case STARTING, BUSY -> Optional.empty();
        };
        return new HostStatus(
                id,
                version.id(),
                state,
                process.instance().pid(),
                process.startedAt(),
                idleSince,
                use.invocations,
                residentBytes);
    }

    /** Until the function's code was loaded. */
    Duration startTook() {
        return startTook;
    }

    /**
     * Waits until the function's code is loaded.
     *
     * @throws InvocationFailure if it does not load; nothing is left of the host then
     */
    void load(Optional<Duration> within) throws InterruptedException {
        beginWork();
        try {
            loaded(within);
            startTook = process.age();
        } catch (InvocationFailure e) {
            kill(e.failed());
            awaitExit();
            throw e;
        } finally {
            working.decrementAndGet();
        }
    }

    private void loaded(Optional<Duration> within) throws InterruptedException {
        try {
            switch (within(link.loading(), within)) {
                case HostLoading.Loaded _ -> {}
                case HostLoading.Failed failed ->
                    throw InvocationFailure.thrown(failed.error().stack());
                case HostLoading.PortTaken(int port) -> throw portTaken(port);
                case HostLoading.Gone(String reason) ->
                    throw InvocationFailure.of(ended("while its code was loaded", reason));
            }
        } catch (TimeoutException e) {
            throw new InvocationFailure(
                    FunctionError.EXECUTION_FAILED,
                    "the function's code was not loaded within %s (expected: exports.main soon after the start)"
                            .formatted(Texts.seconds(within.orElseThrow())),
                    e);
        }
    }

    private static InvocationFailure portTaken(int port) {
        return new InvocationFailure(
                FunctionError.PLATFORM_FAILED,
                "%s: port %d is taken, by another debugged invocation or another program (expected: a free one). Give another, such as --inspect %d, or --inspect 0 for any free one."
                        .formatted(FunctionError.PLATFORM_FAILED.text(), port, port == 65_535 ? port - 1 : port + 1));
    }

    /**
     * Runs the function once. Kills the host when the limit is over.
     *
     * @param limit none for one that is debugged
     */
    HostOutcome invoke(Invocation invocation, Optional<Duration> limit, InvocationLines log)
            throws InterruptedException, TimeoutException {
        voice.begin(invocation.id(), log);
        beginWork();
        try {
            return within(link.invoke(invocation), limit);
        } finally {
            working.decrementAndGet();
            voice.end(invocation.id());
        }
    }

    private static <T> T within(Future<T> future, Optional<Duration> limit)
            throws InterruptedException, TimeoutException {
        try {
            return limit.isPresent() ? future.get(limit.get().toNanos(), TimeUnit.NANOSECONDS) : future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a link with a host never fails", e);
        }
    }

    /**
     * Why what ran here came to nothing.
     *
     * @param when for people: what it did at that time
     */
    Failed ended(String when, String reason) throws InterruptedException {
        Failed because = killed.get();
        if (because != null) {
            return because;
        }
        String how = awaitExit().map(Exit::description).orElse(reason);
        String message = voice.isOutOfHeap()
                ? Texts.memoryExceeded(version.settings().memory(), how)
                : "the function's process ended %s: %s".formatted(when, how);
        return new Failed(FunctionError.EXECUTION_FAILED, message);
    }

    /** Waits until nothing of it is left; empty if that cannot be known, or takes too long. */
    private Optional<Exit> awaitExit() throws InterruptedException {
        try {
            return Optional.of(process.exited().toCompletableFuture().get(EXIT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException unknown) {
            return Optional.empty();
        }
    }

    /** Whether invocations can be given to it, as far as the host says. */
    boolean serves() {
        return killed.get() == null && !voice.retired().isDone() && !isGone();
    }

    private boolean isGone() {
        return link.whenGone().toCompletableFuture().isDone();
    }

    /** With all its processes, at once. What runs in it fails with this, unless it knows better. */
    boolean kill(Failed reason) {
        boolean first = killed.compareAndSet(null, reason);
        if (!isGone()) {
            stopped = true;
        }
        process.instance().stop(Duration.ZERO);
        link.close();
        return first;
    }

    /** When nothing runs in it any more. */
    void stop() {
        if (!isGone()) {
            stopped = true;
        }
        link.close();
        process.instance().stop(GRACE);
    }

    void whenRetired(Runnable told) {
        var _ = voice.retired().thenRunAsync(told, Thread::startVirtualThread);
    }

    /** Told when nothing of it is left, or nobody can know; with how it ended, if it did so by itself. */
    void whenGone(Consumer<Optional<String>> told) {
        var _ = process.exited()
                .whenCompleteAsync(
                        (exit, _) -> told.accept(
                                stopped || exit == null ? Optional.empty() : Optional.of(exit.description())),
                        Thread::startVirtualThread);
    }

    /** Whether it loads its code or runs something. */
    boolean isBusy() {
        return working.get() > 0;
    }

    /** Whether it has been {@linkplain #isBusy busy} without a break for so long. */
    boolean isBusyFor(Duration time) {
        return isBusy() && System.nanoTime() - workingSince >= time.toNanos();
    }

    private void beginWork() {
        if (working.getAndIncrement() == 0) {
            workingSince = System.nanoTime();
        }
    }

    /** As measured last; 0 if not yet. */
    long residentBytes() {
        return residentBytes;
    }

    /** @param age of what it is told: seen at most so long ago */
    void measure(Duration age) {
        process.instance().usage(age).map(Usage::residentBytes).ifPresent(bytes -> {
            residentBytes = bytes;
            peaks.forEach(peak -> peak.accumulateAndGet(bytes, Math::max));
        });
    }

    /** The most that is measured from now until {@link #endPeak}. */
    AtomicLong beginPeak() {
        AtomicLong peak = new AtomicLong(residentBytes);
        peaks.add(peak);
        return peak;
    }

    void endPeak(AtomicLong peak) {
        peaks.remove(peak);
    }

    @Override
    public String toString() {
        return id;
    }
}
