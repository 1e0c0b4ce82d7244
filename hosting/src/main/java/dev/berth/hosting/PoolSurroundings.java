package dev.berth.hosting;

import dev.berth.core.Version;
import java.time.Duration;

/** What all pools share. */
record PoolSurroundings(InstanceStarter starter, PoolTimers timers, StartGate gate) {
    long nanos() {
        return timers.nanos();
    }

    void after(Duration delay, Runnable task) {
        timers.after(delay, task);
    }

    PoolDiary diaryOf(Version version) {
        return new PoolDiary(version.id(), starter.events(), starter.logOf(version));
    }

    PendingStart newStart(Version version, String why, boolean forCalls) {
        return new PendingStart(starter.newId(version), why, starter.events().now(), forCalls);
    }

    /** Waits for a place among the starts. */
    StartGate.Pass pass(PendingStart start) throws InterruptedException {
        return start.isForCalls() ? gate.forCalls() : gate.ahead();
    }
}
