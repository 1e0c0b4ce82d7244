package dev.berth.functions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until somebody moves it. */
final class ClockDouble implements InstantSource {
    private volatile Instant now;

    ClockDouble(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void set(String time) {
        now = Instant.parse(time);
    }

    synchronized void advance(Duration time) {
        now = now.plus(time);
    }
}
