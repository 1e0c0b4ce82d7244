package dev.berth.functions;

import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionVersionId;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps some hosts of a live version that were never invoked, for the invocations to come: starts ahead what is missing, one
 * after the other, and of all versions together no more at a time than {@link PoolSurroundings#startsAhead} lets. Guarded by
 * the pool's lock; a method that takes it itself does so visibly, with {@code synchronized (pool)}.
 */
final class WarmHosts {
    private final HostPool pool;
    private final HostSet hosts;
    private final HostStarts starts;
    private final PoolSurroundings around;
    private boolean starting;

    WarmHosts(HostPool pool, HostSet hosts, HostStarts starts, PoolSurroundings around) {
        this.pool = pool;
        this.hosts = hosts;
        this.starts = starts;
        this.around = around;
    }

    /** Starts what is missing. Takes the lock; returns at once. */
    void keep() {
        boolean memory = hasMemory();
        synchronized (pool) {
            if (starting || !wantsOne(memory)) {
                return;
            }
            starting = true;
        }
        Thread.ofVirtual().name("warm " + version()).start(() -> {
            try {
                startOne();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                synchronized (pool) {
                    starting = false;
                    pool.notifyAll(); // await
                }
                keep();
            }
        });
    }

    private void startOne() throws InterruptedException {
        around.startsAhead().acquire();
        try {
            boolean memory = hasMemory();
            Optional<Thread> start;
            synchronized (pool) {
                start = wantsOne(memory) ? Optional.of(starts.start()) : Optional.empty();
            }
            if (start.isPresent()) {
                start.get().join();
            }
        } finally {
            around.startsAhead().release();
        }
    }

    /** @param memory whether there is some for one more */
    private boolean wantsOne(boolean memory) {
        return memory
                && pool.keepsHosts()
                && !starts.isFailing()
                && hosts.neverInvoked() + starts.beyondWaiting()
                        < around.rules().warm();
    }

    /** Not under the lock: it asks all pools. */
    private boolean hasMemory() {
        return around.memory().hasRoomFor(version());
    }

    private FunctionVersionId version() {
        return pool.version().id();
    }

    /**
     * Waits until the starts that are under way have ended, for so long at most. Takes the lock.
     *
     * @return what was wrong with the last one
     */
    Optional<Failed> await(Duration patience) throws InterruptedException {
        synchronized (pool) {
            long end = System.nanoTime() + patience.toNanos();
            for (long left = patience.toMillis(); (starting || starts.isUnderWay()) && left > 0; ) {
                pool.wait(left);
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
            return starts.failure();
        }
    }
}
