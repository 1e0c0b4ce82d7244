package dev.berth.server;

import java.util.concurrent.atomic.LongAdder;

/** How many times fell into which span. Thread-safe; adding allocates nothing and never waits. */
final class TimeHistogram {
    private static final long[] UPPER_MILLIS = {
        1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 15_000, 30_000
    };

    private final LongAdder[] counts = new LongAdder[UPPER_MILLIS.length + 1];
    private final LongAdder sumMillis = new LongAdder();

    TimeHistogram() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void add(long millis) {
        int i = 0;
        while (i < UPPER_MILLIS.length && millis > UPPER_MILLIS[i]) {
            i++;
        }
        counts[i].increment();
        sumMillis.add(millis);
    }

    /** In seconds, the last of them without bound. */
    static double[] upperBounds() {
        double[] bounds = new double[UPPER_MILLIS.length + 1];
        for (int i = 0; i < UPPER_MILLIS.length; i++) {
            bounds[i] = UPPER_MILLIS[i] / 1e3;
        }
        bounds[UPPER_MILLIS.length] = Double.POSITIVE_INFINITY;
        return bounds;
    }

    /** Of each span by itself. */
    long[] counts() {
        long[] sums = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            sums[i] = counts[i].sum();
        }
        return sums;
    }

    double sumSeconds() {
        return sumMillis.sum() / 1e3;
    }
}
