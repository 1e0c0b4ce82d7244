package dev.berth.functions;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One process that runs a version of a function, with the server's connection to it: it loads the code once, and then runs
 * invocations. How it comes to its end is its {@link HostEnding}. Thread-safe; methods block.
 */
final class FunctionHost {
    private final String id;
    private final FunctionVersion version;
    private final HostProcess process;
    private final HostLink link;
    private final HostVoice voice;
    private final HostEnding ending;
    private final ResidentMemory memory;
    private final AtomicInteger working = new AtomicInteger();
    private volatile long workingSince;
    private volatile Duration startTook = Duration.ZERO;

    FunctionHost(String id, FunctionVersion version, HostProcess process, HostLink link, HostVoice voice) {
        this.id = id;
        this.version = version;
        this.process = process;
        this.link = link;
        this.voice = voice;
        this.ending = new HostEnding(version, process, link, voice);
        this.memory = new ResidentMemory(process.instance());
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

    HostEnding ending() {
        return ending;
    }

    ResidentMemory memory() {
        return memory;
    }

    /**
     * @param invocations that it runs
     * @param lastNanos when it came to run nothing, as {@link System#nanoTime}; of one that does
     */
    HostStatus status(HostStatus.State state, int invocations, long lastNanos) {
        Optional<Instant> idleSince = switch (state) {
            case WARM, IDLE -> Optional.of(process.startedAt().plusNanos(lastNanos - process.begun()));
            case STARTING, BUSY -> Optional.empty();
        };
        return new HostStatus(
                id,
                version.id(),
                state,
                process.instance().pid(),
                process.startedAt(),
                idleSince,
                invocations,
                memory.bytes());
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
            ending.kill(e.failed());
            ending.await();
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
                    throw InvocationFailure.of(ending.cause("while its code was loaded", reason));
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
     * Runs the function once.
     *
     * @param limit none for one that is debugged
     * @throws TimeoutException when the limit is over; the function runs on until the host is killed
     */
    HostOutcome invoke(HostInvocation invocation, Optional<Duration> limit, InvocationLines log)
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

    /** Whether invocations can be given to it, as far as the host says. */
    boolean serves() {
        return !ending.hasBegun() && !voice.retired().isDone();
    }

    void whenRetired(Runnable told) {
        var _ = voice.retired().thenRunAsync(told, Thread::startVirtualThread);
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

    @Override
    public String toString() {
        return id;
    }
}
