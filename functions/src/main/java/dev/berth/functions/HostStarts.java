package dev.berth.functions;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionVersion;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The starts of one {@link HostPool}: for invocations that wait, and ahead. Guarded by the pool's lock; a method that takes
 * it itself does so visibly, with {@code synchronized (pool)}. Each start has a virtual thread.
 */
final class HostStarts {
    private final HostPool pool;
    private final HostSet hosts;
    private final WaitingInvocations waiting;
    private final FunctionVersion version;
    private final PoolSurroundings around;
    private final Set<Thread> threads = new HashSet<>();
    private final Set<FunctionHost> loading = new HashSet<>();
    private final StartPauses pauses = new StartPauses();
    private int underWay;
    private boolean warming;

    HostStarts(HostPool pool, HostSet hosts, WaitingInvocations waiting, PoolSurroundings around) {
        this.pool = pool;
        this.hosts = hosts;
        this.waiting = waiting;
        this.version = pool.version();
        this.around = around;
    }

    /** What an invocation that needs a start is told; empty if it may start. */
    Optional<InvocationFailure> refusal() {
        return pauses.refusal(System.nanoTime());
    }

    /** How many invocations get a host from those that are under way, if all go well. */
    private int room() {
        return underWay * version.settings().invocationsPerHost();
    }

    /** One more, if those that are under way are too few for the invocations that wait. */
    void ensure() {
        if (room() < waiting.size()) {
            start();
        }
    }

    /** No thread of a start is left. */
    boolean isOver() {
        return threads.isEmpty();
    }

    /**
     * Waits until those that are under way have ended, for so long at most. Takes the lock.
     *
     * @return what was wrong with the last one
     */
    Optional<Failed> await(Duration patience) throws InterruptedException {
        synchronized (pool) {
            long end = System.nanoTime() + patience.toNanos();
            for (long left = patience.toMillis(); isUnderWay() && left > 0; ) {
                pool.wait(left);
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
            return pauses.failure();
        }
    }

    private boolean isUnderWay() {
        return warming || underWay > 0;
    }

    /** Hosts whose code is being loaded. */
    List<FunctionHost> loading() {
        return List.copyOf(loading);
    }

    void succeeded() {
        underWay--;
        pauses.succeeded();
    }

    /** Whoever gets no host from the other starts is told. */
    private void failed(InvocationFailure failure) {
        synchronized (pool) {
            underWay--;
            pauses.failed(failure.failed(), System.nanoTime());
            waiting.refuse(failure, room());
        }
    }

    /** Starts ahead what is missing. Takes the lock. */
    void keepWarm() {
        boolean memory = around.memory().hasRoomFor(version.id());
        synchronized (pool) {
            if (warming || !wantsWarm(memory)) {
                return;
            }
            warming = true;
        }
        Thread.ofVirtual().name("warm " + version.id()).start(() -> {
            try {
                startAhead();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                synchronized (pool) {
                    warming = false;
                    pool.notifyAll(); // await
                }
                keepWarm();
            }
        });
    }

    private void startAhead() throws InterruptedException {
        around.startsAhead().acquire();
        try {
            boolean memory = around.memory().hasRoomFor(version.id());
            Optional<Thread> start;
            synchronized (pool) {
                start = wantsWarm(memory) ? Optional.of(start()) : Optional.empty();
            }
            if (start.isPresent()) {
                start.get().join();
            }
        } finally {
            around.startsAhead().release();
        }
    }

    /** @param memory whether there is some for one more */
    private boolean wantsWarm(boolean memory) {
        int perHost = version.settings().invocationsPerHost();
        int forWaiting = Math.min(underWay, (waiting.size() + perHost - 1) / perHost);
        return memory
                && pool.keepsHosts()
                && !pauses.isFailing()
                && hosts.neverInvoked() + underWay - forWaiting < around.rules().warm();
    }

    private Thread start() {
        underWay++;
        Thread thread = Thread.ofVirtual().name("start " + version.id()).unstarted(this::run);
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void run() {
        try {
            FunctionHost host = around.starter().start(version, Optional.empty());
            load(host);
            pool.lifecycle().started(host);
        } catch (InvocationFailure e) {
            failed(e);
        } catch (InterruptedException e) {
            failed(PoolSurroundings.stopping());
        } catch (RuntimeException | Error e) {
            failed(new InvocationFailure(FunctionError.PLATFORM_FAILED, "a host could not be started: " + e, e));
        } finally {
            synchronized (pool) {
                threads.remove(Thread.currentThread());
                pool.notifyAll(); // await, awaitEnd
            }
            around.whenUnused().accept(pool);
        }
    }

    private void load(FunctionHost host) throws InterruptedException {
        boolean tooLate;
        synchronized (pool) {
            loading.add(host);
            tooLate = pool.isClosed();
        }
        if (tooLate) {
            host.ending().kill(PoolSurroundings.stopping().failed());
        }
        around.memory().watch(host);
        try {
            around.starter().load(host, Optional.of(around.rules().loadWithin()));
        } finally {
            synchronized (pool) {
                loading.remove(host);
            }
        }
    }
}
