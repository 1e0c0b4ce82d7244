package dev.berth.functions;

import java.time.Duration;
import java.util.Optional;

/**
 * How the hosts of one {@link HostPool} come to serve, and leave: once started they run what waits; with nothing to run they
 * stay for a while if their version is live. Guarded by the pool's lock; a method that takes it itself does so visibly, with
 * {@code synchronized (pool)}. Hosts are stopped and measured on virtual threads.
 */
final class HostLifecycle {
    private final HostPool pool;
    private final HostSet hosts;
    private final HostStarts starts;
    private final PoolSurroundings around;

    HostLifecycle(HostPool pool, HostSet hosts, HostStarts starts, PoolSurroundings around) {
        this.pool = pool;
        this.hosts = hosts;
        this.starts = starts;
        this.around = around;
    }

    /** Its code is loaded. Takes the lock. */
    void started(FunctionHost host) {
        PooledHost pooled = new PooledHost(host);
        host.whenRetired(() -> retired(pooled));
        synchronized (pool) {
            starts.succeeded();
            hosts.add(pooled);
            if (!pool.serveWaiting(pooled, true)) {
                settle(pooled);
            }
        }
        host.ending().whenOver(how -> gone(pooled, how));
        Thread.startVirtualThread(() -> host.memory().measure(Duration.ZERO));
    }

    /** It wants no more invocations. */
    private void retired(PooledHost host) {
        synchronized (pool) {
            settle(host);
        }
    }

    /** Nothing waits for it: with nothing to run it stays for a while, or goes. */
    void settle(PooledHost host) {
        if (!host.isIdle()) {
            return;
        }
        if (!pool.keepsHosts() || !host.host().serves()) {
            letGo(host);
        } else if (!host.watched) {
            watch(host, around.rules().keepIdle());
        }
    }

    private void watch(PooledHost host, Duration time) {
        host.watched = true;
        around.timers().after(time, () -> lookWhetherIdle(host));
    }

    private void lookWhetherIdle(PooledHost host) {
        synchronized (pool) {
            host.watched = false;
            if (!hosts.isKept(host) || !host.isIdle()) {
                return;
            }
            Duration left = around.rules().keepIdle().minus(host.unused());
            if (left.isPositive()) {
                watch(host, left);
            } else {
                letGo(host);
            }
        }
    }

    /** Its memory is needed: it goes, if it runs nothing. Takes the lock. */
    void evict(PooledHost host) {
        synchronized (pool) {
            if (host.isIdle()) {
                letGo(host);
            }
        }
    }

    private void letGo(PooledHost host) {
        if (hosts.leave(host)) {
            Thread.ofVirtual().name("stop " + host.host()).start(host.host().ending()::stop);
        }
    }

    private void gone(PooledHost host, Optional<String> how) {
        how.ifPresent(description -> around.starter().tellEnd(host.host(), description));
        synchronized (pool) {
            hosts.forget(host);
            pool.notifyAll(); // awaitEnd
            if (pool.isAtZero()) {
                around.starter().rest(pool.version());
            }
        }
        around.whenUnused().accept(pool);
    }
}
