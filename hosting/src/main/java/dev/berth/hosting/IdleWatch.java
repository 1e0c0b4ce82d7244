package dev.berth.hosting;

import java.time.Duration;

/**
 * Lets instances go that had no calls for the idle time (HO-31, HO-40). Has one timer at most per instance, which is not
 * moved by calls: when it is due and there were some, it is set anew for the rest. Fields of instances and all methods
 * are guarded by the pool's lock.
 */
final class IdleWatch {
    private final VersionPool pool;
    private final InstanceSet instances;
    private final PoolRules rules;
    private final PoolSurroundings around;

    IdleWatch(VersionPool pool, InstanceSet instances, PoolRules rules, PoolSurroundings around) {
        this.pool = pool;
        this.instances = instances;
        this.rules = rules;
        this.around = around;
    }

    /** To be called when an instance begins to serve, and when its last outstanding call has ended. */
    void watch(PooledInstance instance) {
        if (!instance.watched) {
            watch(instance, rules.idle());
        }
    }

    private void watch(PooledInstance instance, Duration delay) {
        instance.watched = true;
        around.after(delay, () -> look(instance));
    }

    private void look(PooledInstance instance) {
        boolean left;
        synchronized (pool) {
            left = leaves(instance);
        }
        if (left) {
            Thread.ofVirtual().name("idle " + instance.id()).start(pool::tell);
        }
    }

    private boolean leaves(PooledInstance instance) {
        instance.watched = false;
        if (!canSpare(instance)) {
            return false; // the end of its last lease, or of the look at it, watches it again
        }
        Duration left = rules.idle().minusNanos(around.nanos() - instance.lastUsedNanos);
        if (left.isPositive()) {
            watch(instance, left);
            return false;
        }
        pool.lifecycle().letGo(instance, "no calls for " + Durations.text(rules.idle()));
        return true;
    }

    /** Whether it serves nobody at this moment, and is not of the minimum. */
    private boolean canSpare(PooledInstance instance) {
        boolean ofMinimum =
                pool.hasTraffic() && instances.serving().size() <= rules.scale().min();
        return instances.isServing(instance) && instance.inFlight == 0 && !ofMinimum;
    }
}
