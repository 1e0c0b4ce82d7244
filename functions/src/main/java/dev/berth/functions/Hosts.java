package dev.berth.functions;

import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/** The hosts of all functions. Thread-safe. */
final class Hosts implements HostSource, AutoCloseable {
    private final ConcurrentMap<FunctionVersionId, HostPool> pools = new ConcurrentHashMap<>();
    private final HostTimers timers = new HostTimers();
    private final FunctionPorts ports;
    private final PoolSurroundings around;
    private volatile boolean closed;

    Hosts(FunctionPorts ports, FunctionRules rules, HostStarter starter) {
        this.ports = ports;
        this.around = new PoolSurroundings(
                starter,
                rules,
                timers,
                new HostMemory(ports, rules, timers, this::pools),
                new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
                this::forgetIfUnused);
    }

    @Override
    public HostLease acquire(FunctionVersion version) throws InterruptedException {
        HostPool pool = pools.compute(version.id(), (_, known) -> {
            HostPool its = known == null ? new HostPool(version, around) : known;
            its.enter();
            return its;
        });
        if (closed) {
            pool.end();
        } else if (!pool.isLive()) {
            follow(version.id().function());
        }
        return pool.acquire();
    }

    @Override
    public Optional<Duration> timeLimit(FunctionVersion version) {
        return Optional.of(around.rules().timeLimit(version.settings().timeLimit()));
    }

    /** Another version of the function may be live now: the hosts of the others go, and it gets those that are kept warm. */
    void released(FunctionId function) {
        Optional<HostPool> live =
                live(function).map(its -> pools.computeIfAbsent(its.id(), _ -> new HostPool(its, around)));
        if (closed) {
            live.ifPresent(HostPool::end);
            return;
        }
        follow(function);
        live.ifPresent(pool -> pool.warm().keep());
    }

    /**
     * Waits for the hosts that are being started for a version.
     *
     * @return what was wrong with the last of them
     */
    Optional<Failed> awaitStarts(FunctionVersionId version, Duration patience) throws InterruptedException {
        HostPool pool = pools.get(version);
        return pool == null ? Optional.empty() : pool.warm().await(patience);
    }

    /** The version is no longer there: what it runs may finish within the longest time limit; then its hosts end. Blocks. */
    void removed(FunctionVersionId version) {
        HostPool pool = pools.get(version);
        if (pool != null) {
            pool.setLive(false);
            pool.awaitEnd(around.rules().longest());
            pool.end();
            pool.awaitEnd();
            forgetIfUnused(pool);
        }
    }

    private void follow(FunctionId function) {
        Optional<FunctionVersionId> live = live(function).map(FunctionVersion::id);
        pools.values().stream()
                .filter(pool -> pool.version().id().function().equals(function))
                .forEach(pool ->
                        pool.setLive(live.equals(Optional.of(pool.version().id()))));
    }

    private Optional<FunctionVersion> live(FunctionId function) {
        return ports.directory().current().function(function).map(FunctionEntry::live);
    }

    private void forgetIfUnused(HostPool pool) {
        FunctionVersionId version = pool.version().id();
        boolean forgotten = pools.computeIfPresent(version, (_, known) -> known.isUnused() ? null : known) == null;
        if (forgotten) {
            around.memory().forget(version);
            around.starter().forget(version);
        }
    }

    private List<HostPool> pools() {
        return List.copyOf(pools.values());
    }

    List<HostStatus> status() {
        return pools().stream().flatMap(pool -> pool.status().stream()).toList();
    }

    /** Ends all of them, whatever runs; what runs fails. Waits until nothing is left. */
    @Override
    public void close() {
        closed = true;
        pools().forEach(HostPool::end);
        pools().forEach(HostPool::awaitEnd);
        timers.close();
    }
}
