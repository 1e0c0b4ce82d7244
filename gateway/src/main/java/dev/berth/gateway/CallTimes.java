package dev.berth.gateway;

import java.time.Duration;
import java.time.InstantSource;

/** When the steps of one call happened. */
final class CallTimes {
    private final InstantSource clock;
    private final long startMillis;
    private final long startNanos = System.nanoTime();
    private long leasedNanos;
    private boolean cold;

    CallTimes(InstantSource clock) {
        this.clock = clock;
        this.startMillis = clock.millis();
    }

    void leased(boolean wasCold) {
        leasedNanos = System.nanoTime();
        cold = wasCold;
    }

    /** A function has just ended. */
    void ran(boolean wasCold, Duration took) {
        leasedNanos = Math.max(startNanos, System.nanoTime() - took.toNanos());
        cold = wasCold;
    }

    boolean cold() {
        return cold;
    }

    long startMillis() {
        return startMillis;
    }

    long totalMillis() {
        return millis(System.nanoTime() - startNanos);
    }

    /** Until an instance was leased, or until now if none was. */
    long queueMillis() {
        return millis((leasedNanos == 0 ? System.nanoTime() : leasedNanos) - startNanos);
    }

    long serviceMillis() {
        return leasedNanos == 0 ? 0 : millis(System.nanoTime() - leasedNanos);
    }

    /** CH-66. */
    String serverTiming() {
        return startMillis + "," + clock.millis();
    }

    /** For people and browsers: where the time went (W3C Server-Timing). */
    String breakdown() {
        return (cold ? "cold;dur=" : "queue;dur=") + queueMillis() + ", service;dur=" + serviceMillis();
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
