package dev.berth.functions;

import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The hosts of one version, from zero and back. An invocation gets the host that was used last and has room; if there is
 * none it is one of the {@link WaitingInvocations}, for a start or for a host that becomes free before. Here are the
 * invocations, and the version that becomes live, is replaced and ends. When hosts are started is decided by
 * {@link HostStarts}, and ahead, as long as invocations come, by {@link WarmHosts}; how they come to serve and to leave, by
 * {@link HostLifecycle}.
 *
 * <p>One lock, that of this object, held for a few instructions only, guards all of these and the {@link HostSet}; a method
 * of theirs is called under it unless it takes it itself, visibly, with {@code synchronized (pool)}. Starts and stops happen
 * on virtual threads. That a host leaves and that it gets an invocation are decided under the same lock, so none is stopped
 * while it runs one.
 */
final class HostPool {
    /** So that a start ahead does not slow down the invocation that made it necessary. */
    private static final Duration BEFORE_WARMING = Duration.ofMillis(100);

    private final FunctionVersion version;
    private final PoolSurroundings around;
    private final HostSet hosts = new HostSet();
    private final WaitingInvocations waiting = new WaitingInvocations();
    private final HostStarts starts;
    private final WarmHosts warm;
    private final HostLifecycle lifecycle;
    private int users;
    private boolean live;
    private boolean closed;

    HostPool(FunctionVersion version, PoolSurroundings around) {
        this.version = version;
        this.around = around;
        this.starts = new HostStarts(this, waiting, around);
        this.warm = new WarmHosts(this, hosts, starts, around);
        this.lifecycle = new HostLifecycle(this, hosts, starts, around);
    }

    FunctionVersion version() {
        return version;
    }

    WarmHosts warm() {
        return warm;
    }

    HostLifecycle lifecycle() {
        return lifecycle;
    }

    // --- invocations

    /** Announces one {@link #acquire}: until then the pool is not unused. */
    synchronized void enter() {
        users++;
    }

    /**
     * Waits for a host.
     *
     * @throws InvocationFailure if none can be had
     */
    HostLease acquire() throws InterruptedException {
        Future<HostLease> waiter;
        synchronized (this) {
            users--;
            if (closed) {
                throw PoolSurroundings.stopping();
            }
            Optional<PooledHost> free = hosts.withRoom();
            if (free.isPresent()) {
                return lease(free.get(), false);
            }
            Optional<InvocationFailure> refusal = starts.refusal();
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            waiter = waiting.add();
            starts.ensure();
        }
        return WaitingInvocations.await(waiter);
    }

    /** Under the lock. */
    private HostLease lease(PooledHost host, boolean cold) {
        boolean first = !host.invoked;
        host.invoked = true;
        host.invocations++;
        hosts.use(host);
        around.memory().watch(host.host());
        if (first) {
            around.timers().after(BEFORE_WARMING, warm::keep);
        }
        return new HostLease(host.host(), cold, () -> release(host));
    }

    private void release(PooledHost host) {
        synchronized (this) {
            host.invocations--;
            host.lastNanos = System.nanoTime();
            if (!serveWaiting(host, false)) {
                lifecycle.settle(host);
            }
        }
        around.memory().watch(host.host());
    }

    /** @return whether it got an invocation. Under the lock. */
    boolean serveWaiting(PooledHost host, boolean cold) {
        boolean served = false;
        while (!waiting.isEmpty() && hosts.isKept(host) && host.hasRoom()) {
            waiting.serve(lease(host, cold));
            served = true;
        }
        return served;
    }

    // --- the version

    /** Whether its version gets the invocations of its function. One that does not finishes what it runs, and goes. */
    void setLive(boolean value) {
        synchronized (this) {
            live = value;
            if (!live) {
                hosts.kept().forEach(lifecycle::settle);
            }
        }
        around.whenUnused().accept(this);
    }

    synchronized boolean isLive() {
        return live;
    }

    /** Whether a host may stay that runs nothing, and be started that nobody waits for. Under the lock. */
    boolean keepsHosts() {
        return live && !closed;
    }

    /** Under the lock. */
    boolean isClosed() {
        return closed;
    }

    synchronized boolean isUnused() {
        return !live && users == 0 && isAtZero() && waiting.isEmpty();
    }

    /** Neither a host is left nor a start. Under the lock. */
    boolean isAtZero() {
        return hosts.isEmpty() && starts.isOver();
    }

    /** Ends everything, whatever runs; what runs fails. */
    void end() {
        List<FunctionHost> ending;
        synchronized (this) {
            closed = true;
            ending = new ArrayList<>(starts.loading());
            hosts.kept().forEach(host -> ending.add(host.host()));
        }
        Failed stopping = PoolSurroundings.stopping().failed();
        ending.forEach(host -> host.ending().kill(stopping));
    }

    /** Waits until nothing is left of what {@link #end} ended. */
    void awaitEnd() {
        awaitEnd(Duration.ofNanos(Long.MAX_VALUE));
    }

    /** Waits until it has no hosts, for so long at most. */
    synchronized void awaitEnd(Duration patience) {
        long begin = System.nanoTime();
        try {
            while (!isAtZero()) {
                long left = patience.toNanos() - (System.nanoTime() - begin);
                if (left <= 0) {
                    return;
                }
                wait(Math.max(1, Duration.ofNanos(left).toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // --- status

    synchronized List<IdleHost> idle() {
        return hosts.kept().stream()
                .filter(PooledHost::isIdle)
                .map(host -> new IdleHost(this, host, host.unused()))
                .toList();
    }

    synchronized List<HostStatus> status() {
        List<HostStatus> all = new ArrayList<>();
        hosts.kept().forEach(host -> all.add(host.status()));
        starts.loading().forEach(host -> all.add(host.status(HostStatus.State.STARTING, 0, 0)));
        return all;
    }
}
