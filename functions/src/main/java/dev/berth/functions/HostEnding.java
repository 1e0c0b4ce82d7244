package dev.berth.functions;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionVersion;
import dev.berth.core.InstanceRuntime.Exit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * How one host ends: by itself, killed with what runs in it, or stopped when nothing does; and what those are told whose
 * invocation it took along. Thread-safe.
 */
final class HostEnding {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int EXIT_SECONDS = 5;

    private final FunctionVersion version;
    private final HostProcess process;
    private final HostLink link;
    private final HostVoice voice;
    private final AtomicReference<Failed> killed = new AtomicReference<>();
    /** Before it ended by itself. */
    private volatile boolean stopped;

    HostEnding(FunctionVersion version, HostProcess process, HostLink link, HostVoice voice) {
        this.version = version;
        this.process = process;
        this.link = link;
        this.voice = voice;
    }

    /** Whether it was killed, or nobody can speak with it any more. */
    boolean hasBegun() {
        return killed.get() != null || isGone();
    }

    private boolean isGone() {
        return link.whenGone().toCompletableFuture().isDone();
    }

    /**
     * With all its processes, at once. What runs in it fails with this, unless it knows better.
     *
     * @return false if it was killed before
     */
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

    /** Told when nothing of it is left, or nobody can know; with how it ended, if it did so by itself. */
    void whenOver(Consumer<Optional<String>> told) {
        var _ = process.exited()
                .whenCompleteAsync(
                        (exit, _) -> told.accept(
                                stopped || exit == null ? Optional.empty() : Optional.of(exit.description())),
                        Thread::startVirtualThread);
    }

    /** Waits until nothing of it is left; empty if that cannot be known, or takes too long. */
    Optional<Exit> await() throws InterruptedException {
        try {
            return Optional.of(process.exited().toCompletableFuture().get(EXIT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException unknown) {
            return Optional.empty();
        }
    }

    /**
     * Why what ran here came to nothing. Waits for the end.
     *
     * @param when for people: what it did at that time
     * @param reason for people: what is known if nothing better comes out
     */
    Failed cause(String when, String reason) throws InterruptedException {
        Failed because = killed.get();
        if (because != null) {
            return because;
        }
        String how = await().map(Exit::description).orElse(reason);
        String message = voice.isOutOfHeap()
                ? Texts.memoryExceeded(version.settings().memory(), how)
                : "the function's process ended %s: %s".formatted(when, how);
        return new Failed(FunctionError.EXECUTION_FAILED, message);
    }
}
