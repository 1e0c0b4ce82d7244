package dev.berth.hosting;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread for whatever pools do later: look whether an instance is idle, look at the load, start again after a
 * pause. A version at zero costs no timer.
 */
final class PoolTimers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor scheduler;

    PoolTimers() {
        scheduler = new ScheduledThreadPoolExecutor(
                1,
                task -> Thread.ofPlatform().name("berth-pools").daemon().unstarted(task),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    long nanos() {
        return System.nanoTime();
    }

    /** Does nothing once closed. The task must not block. */
    void after(Duration delay, Runnable task) {
        var _ = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
