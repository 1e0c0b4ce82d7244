package dev.berth.hosting;

import dev.berth.core.InstanceRuntime.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** The share of one core that an instance used over the last window. For one thread at a time. */
final class CpuMeter {
    private final Supplier<Optional<Usage>> usage;
    private Optional<Sample> last = Optional.empty();
    private OptionalDouble share = OptionalDouble.empty();

    private record Sample(long at, Duration cpuTime) {}

    CpuMeter(Supplier<Optional<Usage>> usage) {
        this.usage = usage;
    }

    /** Of those that know theirs; empty if none does. */
    static OptionalDouble average(List<CpuMeter> meters, long now, Duration window) {
        return meters.stream()
                .map(meter -> meter.share(now, window))
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }

    /** Asks the runtime once per window, and may block for that; empty until a whole window was seen. */
    OptionalDouble share(long now, Duration window) {
        long passed = last.map(sample -> now - sample.at()).orElse(Long.MAX_VALUE);
        if (passed < window.toNanos()) {
            return share;
        }
        Optional<Sample> sample = usage.get().map(used -> new Sample(now, used.cpuTime()));
        boolean stale = passed > 3 * window.toNanos(); // nobody looked for a while: an average over that says little
        share = stale || sample.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) sample.get()
                                .cpuTime()
                                .minus(last.orElseThrow().cpuTime())
                                .toNanos()
                        / passed);
        last = sample;
        return share;
    }
}
