package dev.berth.gateway;

import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The callers' connections of one event loop. */
final class Connections {
    private static final long CHECK_MILLIS = 500;

    private final Set<ConnectionWatch> open = new HashSet<>();
    private final DoorLimits limits;
    private final AtomicInteger ofAllLoops;

    /** @param ofAllLoops how many are open now, shared by the loops of one door */
    Connections(DoorLimits limits, AtomicInteger ofAllLoops) {
        this.limits = limits;
        this.ofAllLoops = ofAllLoops;
    }

    /** Looks after them from now on. */
    void watch(Vertx vertx) {
        vertx.setPeriodic(Math.min(CHECK_MILLIS, limits.head().toMillis()), ignored -> {
            long now = System.nanoTime();
            List.copyOf(open).forEach(connection -> connection.check(now, limits));
        });
    }

    /** @return false if there are too many */
    boolean add(ConnectionWatch connection) {
        open.add(connection);
        return ofAllLoops.incrementAndGet() <= limits.connections();
    }

    void remove(ConnectionWatch connection) {
        if (open.remove(connection)) {
            ofAllLoops.decrementAndGet();
        }
    }
}
