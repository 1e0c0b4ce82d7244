package dev.berth.functions;

import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.InstanceRuntime.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * The process of a host.
 *
 * @param exited completes when nothing is left of it, nor of its admission to the inward door
 * @param begun when its start began, as {@link System#nanoTime}
 */
record HostProcess(Instance instance, CompletionStage<Exit> exited, Instant startedAt, long begun) {
    /** @param nanos as {@link System#nanoTime} */
    Instant instantOf(long nanos) {
        return startedAt.plusNanos(nanos - begun);
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
