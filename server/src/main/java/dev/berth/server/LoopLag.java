package dev.berth.server;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * How late event loops are: on each, a timer compares when it rings with when it should. The longest is kept for the
 * current span of 30 seconds and the one before. Thread-safe.
 */
final class LoopLag {
    private static final long PERIOD_MILLIS = 500;
    private static final long SPAN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final LongAccumulator[] longest = {
        new LongAccumulator(Math::max, 0), new LongAccumulator(Math::max, 0), new LongAccumulator(Math::max, 0)
    };
    private final long began = System.nanoTime();

    void watch(Vertx vertx, int loops) {
        for (int i = 0; i < loops; i++) {
            vertx.runOnContext(ignored -> new Timer().start(vertx)); // each on the next loop
        }
    }

    private final class Timer {
        private long due;

        void start(Vertx vertx) {
            due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
            vertx.setTimer(PERIOD_MILLIS, ignored -> {
                note(System.nanoTime() - due);
                start(vertx);
            });
        }
    }

    private void note(long late) {
        long span = span();
        longest[(int) ((span + 1) % 3)].reset(); // the next span's, read by nobody now
        longest[(int) (span % 3)].accumulate(late);
    }

    double seconds() {
        long span = span();
        long before = longest[(int) ((span + 2) % 3)].get();
        return Math.max(before, longest[(int) (span % 3)].get()) / 1e9;
    }

    private long span() {
        return (System.nanoTime() - began) / SPAN_NANOS;
    }
}
