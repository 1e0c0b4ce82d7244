package dev.berth.functions;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The starts of one {@link HostPool}, each on a virtual thread: as many as the invocations need that wait, and those that
 * {@link WarmHosts} asks for. Guarded by the pool's lock; a method that takes it itself does so visibly, with {@code
 * synchronized (pool)}.
 */
final class HostStarts {
    private final HostPool pool;
    private final WaitingInvocations waiting;
    private final FunctionVersion version;
    private final PoolSurroundings around;
    private final Set<Thread> threads = new HashSet<>();
    private final Set<FunctionHost> loading = new HashSet<>();
    private final StartPauses pauses = new StartPauses();
    private int underWay;

    HostStarts(HostPool pool, WaitingInvocations waiting, PoolSurroundings around) {
        this.pool = pool;
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

    boolean isUnderWay() {
        return underWay > 0;
    }

    /** Whether the last one failed: none is made then that nobody waits for. */
    boolean isFailing() {
        return pauses.isFailing();
    }

    /** What was wrong with the last one. */
    Optional<Failed> failure() {
        return pauses.failure();
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

    /** How many of those that are under way no invocation waits for. */
    int beyondWaiting() {
        int perHost = version.settings().invocationsPerHost();
        return underWay - Math.min(underWay, (waiting.size() + perHost - 1) / perHost);
    }

    /** @return whose end is the end of the start, however it ends */
    Thread start() {
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
