package dev.berth.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The simulator's own time: it follows another clock, perhaps at a distance, or stands still. For use by any thread. */
final class SimulatedClock implements InstantSource {
    private sealed interface Setting {}

    private record Running(Duration offset) implements Setting {}

    private record Standing(Instant now) implements Setting {}

    private final InstantSource real;
    private volatile Setting setting = new Running(Duration.ZERO);

    SimulatedClock(InstantSource real) {
        this.real = real;
    }

    @Override
    public Instant instant() {
        return at(setting);
    }

    boolean isStanding() {
        return setting instanceof Standing;
    }

    /** Stops the clock at an instant. */
    synchronized void stopAt(Instant now) {
        setting = new Standing(now);
    }

    /** Runs on, this far ahead of the real time; behind it, when it is negative. */
    synchronized void runAt(Duration offset) {
        setting = new Running(offset);
    }

    /** Goes on or, when negative, back, and stands or runs as before. */
    synchronized void advance(Duration by) {
        setting = switch (setting) {
            case Running running -> new Running(running.offset().plus(by));
            case Standing standing -> new Standing(standing.now().plus(by));
        };
    }

    private Instant at(Setting now) {
        return switch (now) {
            case Running running -> real.instant().plus(running.offset());
            case Standing standing -> standing.now();
        };
    }
}
