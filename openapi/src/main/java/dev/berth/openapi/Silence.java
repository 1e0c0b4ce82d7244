package dev.berth.openapi;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Ends what shows no sign of life for too long. One timer, however many signs. Lives on one event loop. */
final class Silence {
    private static final long NONE = -1;

    private final Vertx vertx;
    private final Duration longest;
    private final Runnable tooLong;
    private long last;
    private long timer = NONE;

    Silence(Vertx vertx, Duration longest, Runnable tooLong) {
        this.vertx = vertx;
        this.longest = longest;
        this.tooLong = tooLong;
    }

    /** Something moved. Begins to watch if that was not done yet. */
    void broken() {
        last = System.nanoTime();
        if (timer == NONE) {
            watch(longest.toMillis());
        }
    }

    void end() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }

    private void watch(long millis) {
        timer = vertx.setTimer(Math.max(1, millis), fired -> {
            timer = NONE;
            long rest = longest.toMillis() - (System.nanoTime() - last) / 1_000_000;
            if (rest > 0) {
                watch(rest);
            } else {
                tooLong.run();
            }
        });
    }
}
