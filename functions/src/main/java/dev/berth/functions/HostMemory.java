package dev.berth.functions;

import dev.berth.core.Event;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionVersionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Measures hosts: each that runs something again and again, and once more when it has become idle. Kills one that takes more
 * than its function may, and lets idle ones go when all of them together take more than they may. Thread-safe.
 */
final class HostMemory {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration CALM = Duration.ofSeconds(1);

    private final FunctionPorts ports;
    private final FunctionRules rules;
    private final HostTimers timers;
    private final Supplier<List<HostPool>> pools;
    private final Set<FunctionHost> watched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ConcurrentMap<FunctionVersionId, Long> latest = new ConcurrentHashMap<>();

    HostMemory(FunctionPorts ports, FunctionRules rules, HostTimers timers, Supplier<List<HostPool>> pools) {
        this.ports = ports;
        this.rules = rules;
        this.timers = timers;
        this.pools = pools;
    }

    /** Until it is seen to be idle, or gone. */
    void watch(FunctionHost host) {
        watched.add(host);
        schedule();
    }

    private void schedule() {
        if (!watched.isEmpty() && scheduled.compareAndSet(false, true)) {
            timers.after(
                    INTERVAL, () -> Thread.ofVirtual().name("function-memory").start(this::look));
        }
    }

    /** Many questions at once may be answered from one look. A closer one, which costs more, is for what takes long only. */
    private void look() {
        List<FunctionHost> hosts = List.copyOf(watched);
        Duration age = hosts.stream().anyMatch(host -> host.isBusyFor(INTERVAL)) ? INTERVAL.dividedBy(2) : CALM;
        watched.removeAll(hosts);
        try {
            List<Thread> looks = new ArrayList<>();
            hosts.forEach(host -> looks.add(Thread.startVirtualThread(() -> look(host, age))));
            for (Thread thread : looks) {
                thread.join();
            }
            keepBudget();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            scheduled.set(false);
            schedule();
        }
    }

    private void look(FunctionHost host, Duration age) {
        host.memory().measure(age);
        long bytes = host.memory().bytes();
        latest.put(host.version().id(), bytes);
        int limit = host.version().settings().memory();
        if (bytes > (long) limit << 20) {
            String message = Texts.memoryExceeded(limit, "used %d MB".formatted(Texts.mebibytes(bytes)));
            if (host.ending().kill(new Failed(FunctionError.EXECUTION_FAILED, message))) {
                ports.tell(Event.Kind.FUNCTION_HOST_KILLED, host.version().id(), host.id(), message);
            }
        } else if (host.isBusy() || (bytes == 0 && host.serves())) {
            watched.add(host);
        }
    }

    private void keepBudget() {
        List<IdleHost> idle = idle();
        long sum = sum(idle);
        for (IdleHost each : idle) {
            if (sum <= rules.idleMemory()) {
                return;
            }
            each.evict();
            sum -= each.residentBytes();
        }
    }

    /** Whether one more host of this version may be kept idle, as large as the last one was. */
    boolean hasRoomFor(FunctionVersionId version) {
        return sum(idle()) + latest.getOrDefault(version, 0L) <= rules.idleMemory();
    }

    /** No host of it is left. */
    void forget(FunctionVersionId version) {
        latest.remove(version);
    }

    /** The least recently used first. */
    private List<IdleHost> idle() {
        return pools.get().stream()
                .flatMap(pool -> pool.idle().stream())
                .sorted(Comparator.comparing(IdleHost::unused).reversed())
                .toList();
    }

    private static long sum(List<IdleHost> idle) {
        return idle.stream().mapToLong(IdleHost::residentBytes).sum();
    }
}
