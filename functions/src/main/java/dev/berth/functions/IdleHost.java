package dev.berth.functions;

import java.time.Duration;

/**
 * A host that ran nothing when it was looked at.
 *
 * @param unused for how long
 */
record IdleHost(HostPool pool, PooledHost host, Duration unused) {
    long residentBytes() {
        return host.host().memory().bytes();
    }

    /** Not if it runs something meanwhile. */
    void evict() {
        pool.lifecycle().evict(host);
    }
}
