package dev.berth.hosting;

import dev.berth.core.Activator;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Scale from zero and back (HO-31): one {@link VersionPool} per version that has instances, or had some and still has
 * traffic.
 */
final class ServiceActivator implements Activator, AutoCloseable {
    private final PoolIndex pools = new PoolIndex();
    private final ServiceLocks locks = new ServiceLocks();
    private final PoolTimers timers = new PoolTimers();
    private final PoolSurroundings around;
    private final Function<Version, PoolRules> rules;
    private final Duration stopLimit;
    private volatile boolean closed;

    ServiceActivator(InstanceStarter starter) {
        this(starter, PoolRules::of);
    }

    ServiceActivator(InstanceStarter starter, Function<Version, PoolRules> rules) {
        this.around = new PoolSurroundings(starter, timers, new StartGate(timers));
        this.rules = rules;
        this.stopLimit = starter.stopGrace().plusSeconds(5); // longer than a stopped instance may take
    }

    @Override
    public void lease(Version version, LeaseReceiver receiver) {
        VersionPool pool = pools.find(version.id());
        if (pool == null) {
            pool = poolOf(version);
        }
        while (!pool.lease(receiver)) {
            pools.forget(pool);
            pool = poolOf(version);
        }
    }

    private VersionPool poolOf(Version version) {
        VersionPool pool = pools.findOrAdd(version, it -> new VersionPool(it, rules.apply(it), around, pools::forget));
        if (closed) {
            pool.close("the server stops");
        }
        return pool;
    }

    /**
     * Lets the instances of all other versions go, and keeps the minimum of these.
     *
     * @param withTraffic asked while no other release of the service moves, so that the last one holds
     */
    void releaseMoved(String environmentId, String service, Supplier<List<Version>> withTraffic) {
        locks.holding(environmentId, service, () -> {
            List<Version> kept = withTraffic.get();
            List<VersionId> ids = kept.stream().map(Version::id).toList();
            String why = ids.isEmpty()
                    ? "no version has traffic"
                    : "superseded by " + ids.stream().map(VersionId::name).collect(Collectors.joining(", "));
            pools.of(environmentId, service).forEach((id, pool) -> {
                if (!ids.contains(id)) {
                    pool.retire(why);
                }
            });
            kept.forEach(this::serveTraffic);
            return kept;
        });
    }

    private void serveTraffic(Version version) {
        VersionPool pool = pools.find(version.id());
        if (pool == null && rules.apply(version).scale().min() == 0) {
            return;
        }
        if (pool == null) {
            pool = poolOf(version);
        }
        while (!pool.serveTraffic()) {
            pools.forget(pool);
            pool = poolOf(version);
        }
    }

    /** Stops the version's instances as soon as their last calls have ended. A later lease starts a new one. */
    void retire(VersionId version) {
        VersionPool pool = pools.find(version);
        if (pool != null) {
            pool.retire("the version is retired");
        }
    }

    /** Lets calls in flight end for so long; then stops what is left, waits for its end, and forgets the service. */
    void remove(String environmentId, String service, Duration drain) {
        Collection<VersionPool> leaving =
                List.copyOf(pools.of(environmentId, service).values());
        stop(leaving, drain, "the service is removed");
        leaving.forEach(pools::forget);
    }

    /** The same for one version. */
    void remove(VersionId version, Duration drain) {
        VersionPool leaving = pools.find(version);
        if (leaving != null) {
            stop(List.of(leaving), drain, "the version is removed");
            pools.forget(leaving);
        }
    }

    Map<VersionId, PoolCount> counts(String environmentId, String service) {
        return pools.of(environmentId, service).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().count()));
    }

    /** By version and id. */
    List<InstanceStatus> instances(String environmentId, String service) {
        return pools.of(environmentId, service).values().stream()
                .flatMap(pool -> pool.instances().stream())
                .sorted(Comparator.comparingInt(
                                (InstanceStatus instance) -> instance.version().number())
                        .thenComparing(InstanceStatus::id))
                .toList();
    }

    /** How many versions are remembered. */
    int size() {
        return pools.size();
    }

    /** Stops every instance, whoever uses it, and waits for the end of all. */
    @Override
    public void close() {
        closed = true;
        timers.close();
        stop(pools.all(), Duration.ZERO, "the server stops");
    }

    private void stop(Collection<VersionPool> pools, Duration drain, String why) {
        pools.forEach(pool -> pool.close(why));
        long deadline = System.nanoTime() + drain.toNanos();
        pools.forEach(pool -> pool.awaitZero(Duration.ofNanos(deadline - System.nanoTime())));
        pools.forEach(VersionPool::stopAll);
        long end = System.nanoTime() + stopLimit.toNanos();
        pools.forEach(pool -> pool.awaitZero(Duration.ofNanos(end - System.nanoTime())));
    }
}
