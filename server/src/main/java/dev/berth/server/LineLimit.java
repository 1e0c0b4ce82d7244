package dev.berth.server;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets so many log lines pass within a second, and counts the others. Thread-safe. */
final class LineLimit {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final LongSupplier nanos;
    private long began;
    private int passed;
    private long heldBack;

    /** @param nanos such as {@link System#nanoTime} */
    LineLimit(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    synchronized boolean passes() {
        long now = nanos.getAsLong();
        if (now - began >= SECOND) {
            began = now;
            passed = 0;
        }
        if (passed < perSecond) {
            passed++;
            return true;
        }
        heldBack++;
        return false;
    }

    /** How many did not pass since this was last asked. */
    synchronized long takeHeldBack() {
        long number = heldBack;
        heldBack = 0;
        return number;
    }
}
