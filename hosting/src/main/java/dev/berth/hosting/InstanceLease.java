package dev.berth.hosting;

import dev.berth.core.Activator.Lease;
import dev.berth.core.Endpoint;

/** Ending a lease twice ends it once. */
final class InstanceLease implements Lease {
    private final VersionPool pool;
    private final PooledInstance instance;
    private final boolean cold;
    private boolean ended;

    InstanceLease(VersionPool pool, PooledInstance instance, boolean cold) {
        this.pool = pool;
        this.instance = instance;
        this.cold = cold;
    }

    @Override
    public Endpoint endpoint() {
        return instance.endpoint();
    }

    @Override
    public String instanceId() {
        return instance.id();
    }

    @Override
    public boolean cold() {
        return cold;
    }

    @Override
    public void end() {
        pool.end(this, false);
    }

    @Override
    public void endBroken() {
        pool.end(this, true);
    }

    PooledInstance instance() {
        return instance;
    }

    /** Under the pool's lock. */
    boolean endOnce() {
        boolean first = !ended;
        ended = true;
        return first;
    }
}
