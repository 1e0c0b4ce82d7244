package dev.berth.hosting;

import dev.berth.core.Activator;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Scale from zero and back (HO-31): one {@link VersionPool} per version that was ever called. */
final class ServiceActivator implements Activator, AutoCloseable {
    /** Longer than the grace that a stopped instance has. */
    private static final Duration STOP_LIMIT = PooledInstance.GRACE.plusSeconds(5);

    private final ConcurrentMap<VersionId, VersionPool> pools = new ConcurrentHashMap<>();
    private final InstanceStarter starter;
    private final IdleTimers timers = new IdleTimers();
    private volatile boolean closed;

    ServiceActivator(InstanceStarter starter) {
        this.starter = starter;
    }

    @Override
    public void lease(Version version, LeaseReceiver receiver) {
        VersionPool pool = pools.get(version.id());
        (pool == null ? newPool(version) : pool).lease(receiver);
    }

    private VersionPool newPool(Version version) {
        VersionPool pool = pools.computeIfAbsent(
                version.id(), _ -> new VersionPool(version, version.settings().idle(), starter, timers));
        if (closed) {
            pool.close();
        }
        return pool;
    }

    /** Stops the version's instance as soon as its last call has ended. A later lease starts a new one. */
    void retire(VersionId version) {
        VersionPool pool = pools.get(version);
        if (pool != null) {
            pool.retire();
        }
    }

    /** Retires the versions of a service that are not to be kept. */
    void retireAllBut(String environmentId, String service, List<VersionId> kept) {
        poolsOf(environmentId, service).keySet().stream()
                .filter(version -> !kept.contains(version))
                .forEach(this::retire);
    }

    /** Lets calls in flight end for so long; then stops what is left, waits for its end, and forgets the service. */
    void remove(String environmentId, String service, Duration drain) {
        Map<VersionId, VersionPool> leaving = poolsOf(environmentId, service);
        stop(List.copyOf(leaving.values()), drain);
        pools.keySet().removeAll(leaving.keySet());
    }

    /** The same for one version. */
    void remove(VersionId version, Duration drain) {
        VersionPool leaving = pools.get(version);
        if (leaving != null) {
            stop(List.of(leaving), drain);
            pools.remove(version, leaving);
        }
    }

    Map<VersionId, PoolCount> counts(String environmentId, String service) {
        return poolsOf(environmentId, service).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().count()));
    }

    /** By version and id. */
    List<InstanceStatus> instances(String environmentId, String service) {
        return poolsOf(environmentId, service).values().stream()
                .flatMap(pool -> pool.instances().stream())
                .sorted(Comparator.comparingInt(
                                (InstanceStatus instance) -> instance.version().number())
                        .thenComparing(InstanceStatus::id))
                .toList();
    }

    /** Stops every instance, whoever uses it, and waits for the end of all. */
    @Override
    public void close() {
        closed = true;
        timers.close();
        stop(List.copyOf(pools.values()), Duration.ZERO);
    }

    private static void stop(List<VersionPool> pools, Duration drain) {
        pools.forEach(VersionPool::close);
        long deadline = System.nanoTime() + drain.toNanos();
        pools.forEach(pool -> pool.awaitZero(Duration.ofNanos(deadline - System.nanoTime())));
        pools.forEach(VersionPool::stopAll);
        long end = System.nanoTime() + STOP_LIMIT.toNanos();
        pools.forEach(pool -> pool.awaitZero(Duration.ofNanos(end - System.nanoTime())));
    }

    private Map<VersionId, VersionPool> poolsOf(String environmentId, String service) {
        Predicate<VersionId> ofService =
                id -> id.service().equals(service) && id.environmentId().equals(environmentId);
        return pools.entrySet().stream()
                .filter(entry -> ofService.test(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
