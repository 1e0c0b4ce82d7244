package dev.berth.functions;

import dev.berth.core.FunctionError;
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

    private final Set<FunctionHost> loading = new HashSet<>();
    private final Set<FunctionHost> leaving = new HashSet<>();
    private final Deque<CompletableFuture<HostLease>> waiting = new ArrayDeque<>();
    private final Set<Thread> starts = new HashSet<>();
    private final StartPauses pauses = new StartPauses();
    private int starting;
    private int users;
    private boolean warming;
    private boolean live;
    private boolean closed;

    HostPool(FunctionVersion version, PoolSurroundings around) {
        this.version = version;
        this.around = around;
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
            Optional<InvocationFailure> refusal = pauses.refusal(System.nanoTime());
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            waiting.add(waiter);
            if (starting * perHost() < waiting.size()) {
                start();
            }
        }
        try {
            return waiter.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof InvocationFailure failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private boolean hasRoom(FunctionHost host) {
        return host.use.invocations < perHost() && host.serves();
    }

    private int perHost() {
        return version.settings().invocationsPerHost();
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
            around.timers().after(BEFORE_WARMING, this::keepWarm);
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

    /** Starts ahead what is missing. */
    void keepWarm() {
        boolean room = around.memory().hasRoomFor(version.id());
        synchronized (this) {
            if (warming || !wantsWarm(room)) {
                return;
            }
            warming = true;
        }
        Thread.ofVirtual().name("warm " + version.id()).start(() -> {
            try {
                around.startsAhead().acquire();
                try {
                    Optional<Thread> start = startAhead();
                    if (start.isPresent()) {
                        start.get().join();
                    }
                } finally {
                    around.startsAhead().release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                warmed();
            }
        });
    }

    private Optional<Thread> startAhead() {
        boolean room = around.memory().hasRoomFor(version.id());
        synchronized (this) {
            return wantsWarm(room) ? Optional.of(start()) : Optional.empty();
        }
    }

    private void warmed() {
        synchronized (this) {
            warming = false;
        }
        keepWarm();
    }

    /** Under the lock. */
    private boolean wantsWarm(boolean room) {
        long fresh = hosts.stream().filter(host -> !host.use.invoked).count() + starting - waitedFor();
        return live && !closed && room && fresh < around.rules().warm() && !pauses.isFailing();
    }

    private long waitedFor() {
        return Math.min(starting, (waiting.size() + perHost() - 1) / perHost());
    }

    /** Under the lock. */
    private Thread start() {
        starting++;
        Thread thread = Thread.ofVirtual().name("start " + version.id()).unstarted(this::startOne);
        starts.add(thread);
        thread.start();
        return thread;
    }

    private void startOne() {
        try {
            FunctionHost host = around.starter().start(version, Optional.empty());
            load(host);
            started(host);
        } catch (InvocationFailure e) {
            failed(e);
        } catch (InterruptedException e) {
            failed(PoolSurroundings.stopping());
        } catch (RuntimeException | Error e) {
            failed(new InvocationFailure(FunctionError.PLATFORM_FAILED, "a host could not be started: " + e, e));
        } finally {
            synchronized (this) {
                starts.remove(Thread.currentThread());
                notifyAll();
            }
            around.whenUnused().accept(this);
        }
    }

    private void load(FunctionHost host) throws InterruptedException {
        synchronized (this) {
            loading.add(host);
        }
        around.memory().watch(host);
        try {
            host.load(Optional.of(around.rules().loadWithin()));
        } catch (InterruptedException e) {
            host.kill(PoolSurroundings.stopping().failed());
            throw e;
        } finally {
            synchronized (this) {
                loading.remove(host);
            }
        }
    }

    private void started(FunctionHost host) {
        host.whenRetired(() -> retired(host));
        synchronized (this) {
            starting--;
            pauses.succeeded();
            host.use.lastNanos = System.nanoTime();
            hosts.addLast(host);
            if (!serveWaiting(host, true)) {
                settle(host);
            }
        }
        host.whenGone(() -> gone(host));
    }

    private synchronized void failed(InvocationFailure failure) {
        starting--;
        pauses.failed(failure.failed(), System.nanoTime());
        while (waiting.size() > starting * perHost()) {
            waiting.remove().completeExceptionally(failure);
        }
    }

    private synchronized void retired(FunctionHost host) {
        settle(host);
    }

    private void gone(FunctionHost host) {
        synchronized (this) {
            hosts.remove(host);
            leaving.remove(host);
            notifyAll();
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
        return !live && users == 0 && hosts.isEmpty() && leaving.isEmpty() && starts.isEmpty() && waiting.isEmpty();
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
            starts.forEach(Thread::interrupt);
            ending = new ArrayList<>(hosts);
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
            while (!hosts.isEmpty() || !leaving.isEmpty() || !starts.isEmpty()) {
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
        hosts.forEach(host -> all.add(status(host, state(host))));
        loading.forEach(host -> all.add(status(host, HostStatus.State.STARTING)));
        return all;
    }

    private HostStatus status(FunctionHost host, HostStatus.State state) {
        return new HostStatus(
                host.id(),
                version.id(),
                state,
                host.pid(),
                host.startedAt(),
                host.use.invocations,
                host.residentBytes());
    }

    private static HostStatus.State state(FunctionHost host) {
        if (host.use.invocations > 0) {
            return HostStatus.State.BUSY;
        }
        return host.use.invoked ? HostStatus.State.IDLE : HostStatus.State.WARM;
    }
}
