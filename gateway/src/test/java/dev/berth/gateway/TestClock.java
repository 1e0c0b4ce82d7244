package dev.berth.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The real time, until it is moved. */
final class TestClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    void move(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}
