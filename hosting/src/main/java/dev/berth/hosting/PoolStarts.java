package dev.berth.hosting;

import java.time.Duration;

/**
 * Decides when an instance of a version is started: for calls, for its minimum while it has traffic, for the load; and
 * not while {@link Failures} holds starts back. Methods are called under the pool's lock; each start runs on a thread of
 * its own ({@link StartRun}) and tells {@link InstanceLifecycle} how it went.
 */
final class PoolStarts {
    private final VersionPool pool;
    private final InstanceSet instances;
    private final Failures failures;
    private final PoolRules rules;
    private final PoolSurroundings around;
    private boolean planned;

    PoolStarts(VersionPool pool, InstanceSet instances, Failures failures, PoolRules rules, PoolSurroundings around) {
        this.pool = pool;
        this.instances = instances;
        this.failures = failures;
        this.rules = rules;
        this.around = around;
    }

    /** One that calls wait for; it goes before one that is still queued. */
    void startForCalls() {
        instances.dropOneQueued();
        start(failures.reason("from zero", "a call"), true);
    }

    /** Starts what is missing: all of it, or one after the other while instances keep dying. */
    void keepMinimum() {
        int missing = rules.scale().min() - instances.size();
        if (missing <= 0 || pool.isClosed() || !pool.hasTraffic()) {
            return;
        }
        Duration pause = failures.pause(around.nanos());
        if (!pause.isZero()) {
            plan(pause);
            return;
        }
        int now = !failures.isDying() ? missing : instances.isAnyStarting() ? 0 : 1;
        String why = failures.reason("minimum of " + rules.scale().min(), "replacement");
        for (int i = 0; i < now; i++) {
            start(why, false);
        }
    }

    private void plan(Duration pause) {
        if (!planned) {
            planned = true;
            around.after(pause, this::startAsPlanned);
        }
    }

    private void startAsPlanned() {
        synchronized (pool) {
            planned = false;
            keepMinimum();
        }
    }

    /** One more for the load. @return false if that is not possible now */
    boolean addOne(String why) {
        boolean possible = pool.hasTraffic()
                && !pool.isClosed()
                && !instances.isAnyStarting()
                && instances.size() < rules.scale().max()
                && failures.pause(around.nanos()).isZero();
        if (possible) {
            start(why, false);
        }
        return possible;
    }

    private void start(String why, boolean forCalls) {
        PendingStart pending = around.newStart(pool.version(), why, forCalls);
        instances.add(pending);
        StartRun.begin(pool, pending, around);
    }
}
