package dev.berth.hosting;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread that looks at running instances when they may have become idle. A version at zero costs no timer. */
final class IdleTimers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor scheduler;

    IdleTimers() {
        scheduler = new ScheduledThreadPoolExecutor(
                1,
                task -> Thread.ofPlatform().name("berth-idle").daemon().unstarted(task),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    long nanos() {
        return System.nanoTime();
    }

    /** Does nothing once closed. */
    void after(Duration delay, Runnable look) {
        var _ = scheduler.schedule(look, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
