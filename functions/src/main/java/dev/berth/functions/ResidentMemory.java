package dev.berth.functions;

import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Usage;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The resident bytes of all processes of one host: as measured last, and the most while something ran. Thread-safe. */
final class ResidentMemory {
    private final Instance instance;
    private final Set<AtomicLong> peaks = ConcurrentHashMap.newKeySet();
    private volatile long bytes;

    ResidentMemory(Instance instance) {
        this.instance = instance;
    }

    /** As measured last; 0 if not yet. */
    long bytes() {
        return bytes;
    }

    /** @param age of what it is told: seen at most so long ago */
    void measure(Duration age) {
        instance.usage(age).map(Usage::residentBytes).ifPresent(measured -> {
            bytes = measured;
            peaks.forEach(peak -> peak.accumulateAndGet(measured, Math::max));
        });
    }

    /** The most that is measured from now until {@link #endPeak}. */
    AtomicLong beginPeak() {
        AtomicLong peak = new AtomicLong(bytes);
        peaks.add(peak);
        return peak;
    }

    void endPeak(AtomicLong peak) {
        peaks.remove(peak);
    }
}
