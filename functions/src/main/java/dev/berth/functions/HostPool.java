package dev.berth.functions;

import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionVersion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The hosts of one version, from zero and back. An invocation gets the host that was used last and has room; if there is
 * none it waits for a start, or for a host that becomes free before. Beyond that some hosts are started ahead, as long as
 * invocations come.
 *
 * <p>One lock, that of this object, held for a few instructions only; starts and stops happen on virtual threads. That a
 * host leaves and that it gets an invocation are decided under the same lock, so none is stopped while it runs one.
 */
final class HostPool {
    /** So that a start ahead does not slow down the invocation that made it necessary. */
    private static final Duration BEFORE_WARMING = Duration.ofMillis(100);

    private final FunctionVersion version;
    private final PoolSurroundings around;
    /** The most recently used first. */
    private final Deque<FunctionHost> hosts = new ArrayDeque<>();

    private final Set<FunctionHost> leaving = new HashSet<>();
    private final Deque<CompletableFuture<HostLease>> waiting = new ArrayDeque<>();
    private final HostStarts starts;
    private int users;
    private boolean live;
    private boolean closed;

    HostPool(FunctionVersion version, PoolSurroundings around) {
        this.version = version;
        this.around = around;
        this.starts = new HostStarts(this, around);
    }

    FunctionVersion version() {
        return version;
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
        CompletableFuture<HostLease> waiter = new CompletableFuture<>();
        synchronized (this) {
            users--;
            if (closed) {
                throw PoolSurroundings.stopping();
            }
            Optional<FunctionHost> free = hosts.stream().filter(this::hasRoom).findFirst();
            if (free.isPresent()) {
                return lease(free.get(), false);
            }
            Optional<InvocationFailure> refusal = starts.refusal();
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            waiting.add(waiter);
            starts.ensure(waiting.size());
        }
        try {
            return waiter.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof InvocationFailure failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private boolean hasRoom(FunctionHost host) {
        return host.use.invocations < version.settings().invocationsPerHost() && host.serves();
    }

    /** Under the lock. */
    private HostLease lease(FunctionHost host, boolean cold) {
        boolean first = !host.use.invoked;
        host.use.invoked = true;
        host.use.invocations++;
        hosts.remove(host);
        hosts.addFirst(host);
        around.memory().watch(host);
        if (first) {
            around.timers().after(BEFORE_WARMING, starts::keepWarm);
        }
        return new HostLease(host, cold, () -> release(host));
    }

    private void release(FunctionHost host) {
        synchronized (this) {
            host.use.invocations--;
            host.use.lastNanos = System.nanoTime();
            if (!serveWaiting(host, false)) {
                settle(host);
            }
        }
        around.memory().watch(host);
    }

    /** Under the lock. */
    private boolean serveWaiting(FunctionHost host, boolean cold) {
        boolean served = false;
        while (!waiting.isEmpty() && hosts.contains(host) && hasRoom(host)) {
            waiting.remove().complete(lease(host, cold));
            served = true;
        }
        return served;
    }

    /** A host that runs nothing stays for a while, or goes. Under the lock. */
    private void settle(FunctionHost host) {
        if (host.use.invocations > 0) {
            return;
        }
        if (closed || !live || !host.serves()) {
            letGo(host);
        } else if (!host.use.watched) {
            host.use.watched = true;
            around.timers().after(around.rules().keepIdle(), () -> lookWhetherIdle(host));
        }
    }

    private synchronized void lookWhetherIdle(FunctionHost host) {
        host.use.watched = false;
        if (!hosts.contains(host) || host.use.invocations > 0) {
            return;
        }
        long left = host.use.lastNanos + around.rules().keepIdle().toNanos() - System.nanoTime();
        if (left <= 0) {
            letGo(host);
        } else {
            host.use.watched = true;
            around.timers().after(Duration.ofNanos(left), () -> lookWhetherIdle(host));
        }
    }

    /** Under the lock. */
    private void letGo(FunctionHost host) {
        if (hosts.remove(host)) {
            leaving.add(host);
            Thread.ofVirtual().name("stop " + host).start(host::stop);
        }
    }

    // --- starts

    /**
     * Waits until the starts that are under way have ended, for so long at most.
     *
     * @return what was wrong with the last one
     */
    synchronized Optional<Failed> awaitStarts(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); starts.isUnderWay() && left > 0; ) {
            wait(left);
            left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        }
        return starts.failure();
    }

    /** Starts ahead what is missing, so that some hosts have never been invoked. */
    void keepWarm() {
        starts.keepWarm();
    }

    /** Whether hosts may be started that nobody waits for. Under the lock. */
    boolean mayWarm() {
        return live && !closed;
    }

    /** Under the lock. */
    int neverInvoked() {
        return (int) hosts.stream().filter(host -> !host.use.invoked).count();
    }

    /** Invocations without a host. Under the lock. */
    int waiting() {
        return waiting.size();
    }

    /** Under the lock. */
    boolean isClosed() {
        return closed;
    }

    void started(FunctionHost host) {
        host.whenRetired(() -> retired(host));
        synchronized (this) {
            starts.succeeded();
            host.use.lastNanos = System.nanoTime();
            hosts.addLast(host);
            if (!serveWaiting(host, true)) {
                settle(host);
            }
        }
        host.whenGone(how -> gone(host, how));
        Thread.startVirtualThread(() -> host.measure(Duration.ZERO));
    }

    /** Whoever gets no host from the other starts is told. */
    synchronized void startFailed(InvocationFailure failure) {
        starts.failed(failure);
        while (waiting.size() > starts.room()) {
            waiting.remove().completeExceptionally(failure);
        }
    }

    private synchronized void retired(FunctionHost host) {
        settle(host);
    }

    private void gone(FunctionHost host, Optional<String> how) {
        how.ifPresent(description -> around.starter().tellEnd(host, description));
        synchronized (this) {
            hosts.remove(host);
            leaving.remove(host);
            notifyAll();
            if (isAtZero()) {
                around.starter().rest(version);
            }
        }
        around.whenUnused().accept(this);
    }

    // --- versions

    /** Whether its version gets the invocations of its function. One that does not finishes what it runs, and goes. */
    void setLive(boolean value) {
        synchronized (this) {
            live = value;
            if (!live) {
                List.copyOf(hosts).forEach(this::settle);
            }
        }
        around.whenUnused().accept(this);
    }

    synchronized boolean isLive() {
        return live;
    }

    synchronized boolean isUnused() {
        return !live && users == 0 && isAtZero() && waiting.isEmpty();
    }

    private boolean isAtZero() {
        return hosts.isEmpty() && leaving.isEmpty() && starts.isOver();
    }

    /** Takes it from the hosts that are kept, if it runs nothing. */
    synchronized void evict(FunctionHost host) {
        if (host.use.invocations == 0) {
            letGo(host);
        }
    }

    /** Ends everything, whatever runs; what runs fails. */
    void end() {
        List<FunctionHost> ending;
        synchronized (this) {
            closed = true;
            ending = new ArrayList<>(hosts);
            ending.addAll(starts.loading());
        }
        ending.forEach(host -> host.kill(PoolSurroundings.stopping().failed()));
    }

    /** Waits until nothing is left of what {@link #end} ended. */
    synchronized void awaitEnd() {
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
        long now = System.nanoTime();
        return hosts.stream()
                .filter(host -> host.use.invocations == 0)
                .map(host -> new IdleHost(this, host, Duration.ofNanos(now - host.use.lastNanos)))
                .toList();
    }

    synchronized List<HostStatus> status() {
        List<HostStatus> all = new ArrayList<>();
        hosts.forEach(host -> all.add(host.status(host.use.state())));
        starts.loading().forEach(host -> all.add(host.status(HostStatus.State.STARTING)));
        return all;
    }
}
