package dev.berth.openapi;

import java.util.concurrent.atomic.AtomicLong;

/** So much of something for all together. Thread-safe. */
final class Ration {
    private final AtomicLong left;

    Ration(long all) {
        left = new AtomicLong(all);
    }

    /** Whether there was so much left; nothing is taken otherwise. */
    boolean take(long amount) {
        if (left.addAndGet(-amount) >= 0) {
            return true;
        }
        left.addAndGet(amount);
        return false;
    }

    void giveBack(long amount) {
        left.addAndGet(amount);
    }
}
