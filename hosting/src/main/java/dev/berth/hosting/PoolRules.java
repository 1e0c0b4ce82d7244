package dev.berth.hosting;

import dev.berth.core.Scale;
import dev.berth.core.Version;
import java.time.Duration;

/**
 * The figures that the pool of a version follows; docs/decisions/002-instances.md says why these.
 *
 * @param idle an instance without calls for so long is stopped, unless it is one of the minimum (HO-31)
 * @param scale as it can be had, see {@link #of}
 */
record PoolRules(Duration idle, Scale scale, Pauses pauses, Scaling scaling) {
    /**
     * Between the starts of a version whose instances keep dying.
     *
     * @param first before the second replacement; the first one comes at once, each further pause is twice as long
     * @param longest more it never is
     * @param healthy an instance that ran for so long makes the deaths before it forgotten
     * @param free so many deaths of instances that had got calls are not counted within {@code healthy}
     */
    record Pauses(Duration first, Duration longest, Duration healthy, int free) {
        static final Pauses DEFAULT =
                new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(1), 10);
    }

    /**
     * @param cpu average share of one core per instance, above which one more is started (HO-32: 60 %)
     * @param outstanding average of outstanding calls per instance, above which one more is started (HO-33)
     * @param coolDown least time between two changes (HO-32: 15 s)
     * @param calm for so long one fewer must have been enough before one leaves
     * @param look time between two looks at the outstanding calls
     * @param window that CPU time is averaged over
     */
    record Scaling(double cpu, int outstanding, Duration coolDown, Duration calm, Duration look, Duration window) {
        static final Scaling DEFAULT = new Scaling(
                0.6, 20, Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    /** Those of a version; two programs cannot share a fixed port, so one with such a port has one instance at most. */
    static PoolRules of(Version version) {
        Scale asked = version.settings().scale();
        Scale possible = version.launch().port().isPresent() ? new Scale(Math.min(1, asked.min()), 1) : asked;
        return new PoolRules(version.settings().idle(), possible, Pauses.DEFAULT, Scaling.DEFAULT);
    }
}
