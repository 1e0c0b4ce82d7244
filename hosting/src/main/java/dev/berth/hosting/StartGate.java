package dev.berth.hosting;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the number of starts that work at the same time near that of the cores: when many services are woken at once,
 * the first are ready early instead of all late. Nobody is held up by a program that merely waits: a start counts for
 * {@link #COUNTED} at most, and one that a call waits for goes ahead after {@link #PATIENCE} whatever the others do.
 */
final class StartGate {
    static final Duration COUNTED = Duration.ofSeconds(3);
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore all;
    private final Semaphore spare;
    private final PoolTimers timers;

    /** The right to work; to be given back when the start has ended. */
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    StartGate(PoolTimers timers) {
        this(timers, Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
    }

    StartGate(PoolTimers timers, int atOnce) {
        this.timers = timers;
        this.all = new Semaphore(atOnce, true);
        this.spare = new Semaphore(Math.max(1, atOnce / 2), true);
    }

    /** For a start that calls wait for. */
    Pass forCalls() throws InterruptedException {
        return all.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS) ? counted(all) : () -> {};
    }

    /** For a start that nobody waits for; never has more than half of the places. */
    Pass ahead() throws InterruptedException {
        spare.acquire();
        Pass half = counted(spare);
        try {
            all.acquire();
        } catch (InterruptedException e) {
            half.close();
            throw e;
        }
        Pass whole = counted(all);
        return () -> {
            whole.close();
            half.close();
        };
    }

    private Pass counted(Semaphore places) {
        AtomicBoolean given = new AtomicBoolean();
        Pass pass = () -> {
            if (given.compareAndSet(false, true)) {
                places.release();
            }
        };
        timers.after(COUNTED, pass::close);
        return pass;
    }
}
