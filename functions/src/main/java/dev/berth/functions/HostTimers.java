package dev.berth.functions;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread for whatever is done with hosts later. */
final class HostTimers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(
            1,
            task -> Thread.ofPlatform().name("berth-function-hosts").daemon().unstarted(task),
            new ThreadPoolExecutor.DiscardPolicy());

    /** Does nothing once closed. The task must not block. */
    void after(Duration delay, Runnable task) {
        var _ = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
