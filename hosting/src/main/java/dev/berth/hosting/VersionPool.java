package dev.berth.hosting;

import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.BerthException;
import dev.berth.core.Event;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.StartFailure;
import dev.berth.core.Version;
import dev.berth.hosting.PoolState.Running;
import dev.berth.hosting.PoolState.Starting;
import dev.berth.hosting.PoolState.Suspected;
import dev.berth.hosting.PoolState.Zero;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of one version from zero and back: the machine described at {@link PoolState}. One lock, held for a few
 * instructions only, guards it; starts, looks and stops happen on virtual threads, and receivers are told outside the
 * lock. That an instance is idle and that it gets a lease are decided under the same lock, so a leased instance is
 * never stopped (HO-14).
 */
final class VersionPool {
    private static final Zero ZERO = new Zero();

    private final Version version;
    private final Duration idle;
    private final InstanceStarter starter;
    private final IdleTimers timers;
    private final ServiceLog log;

    private PoolState state = ZERO;
    private final Set<PooledInstance> leaving = new HashSet<>();
    private boolean retiredWhileStarting;
    private boolean closed;
    private boolean failing;
    private @Nullable String lastFailure;

    /** @param idle that of the version's settings, or shorter in a test */
    VersionPool(Version version, Duration idle, InstanceStarter starter, IdleTimers timers) {
        this.version = version;
        this.idle = idle;
        this.starter = starter;
        this.timers = timers;
        this.log = starter.logOf(version);
    }

    void lease(LeaseReceiver receiver) {
        InstanceLease warm = leaseOrWait(receiver);
        if (warm != null) {
            receiver.granted(warm);
        }
    }

    private synchronized @Nullable InstanceLease leaseOrWait(LeaseReceiver receiver) {
        switch (state) {
            case Running running -> {
                return grant(running.instance(), false);
            }
            case Starting starting -> starting.waiting().add(receiver);
            case Suspected suspected -> suspected.waiting().add(receiver);
            case Zero _ -> startFor(new ArrayList<>(List.of(receiver)));
        }
        return null;
    }

    private InstanceLease grant(PooledInstance instance, boolean cold) {
        instance.inFlight++;
        return new InstanceLease(this, instance, cold);
    }

    private void startFor(List<LeaseReceiver> waiting) {
        state = new Starting(waiting);
        Thread.ofVirtual().name("start " + version.id()).start(this::start);
    }

    private void start() {
        try {
            refuseIfClosed();
            started(starter.start(version));
        } catch (BerthException e) {
            failed(new StartFailure(e.problem()));
        } catch (RuntimeException | Error e) {
            failed(new StartFailure(Refused.problem(
                    "START_FAILED", "The start of %s failed: %s".formatted(version.id(), e), "See the server's log.")));
            throw e;
        }
    }

    private synchronized void refuseIfClosed() {
        if (closed) {
            throw Refused.because(
                    "STOPPING", "%s is being removed or stopped".formatted(version.id()), "Try again later.");
        }
    }

    private void started(PooledInstance instance) {
        var _ = instance.exited().thenAccept(exit -> gone(instance, exit));
        List<LeaseReceiver> waiting;
        List<InstanceLease> leases;
        synchronized (this) {
            if (instance.gone) {
                throw Refused.because(
                        "EXITED_BEFORE_READY",
                        "%s ended as soon as it was ready".formatted(instance.id()),
                        "Look at the service's log.");
            }
            if (closed) {
                leave(instance);
                refuseIfClosed();
            }
            waiting = ((Starting) state).waiting();
            leases = waiting.stream().map(_ -> grant(instance, true)).toList();
            failing = false;
            lastFailure = null;
            state = new Running(instance);
            instance.lastUsedNanos = timers.nanos();
            watch(instance, idle);
            if (retiredWhileStarting) {
                retiredWhileStarting = false;
                leave(instance);
            }
        }
        Receivers.granted(waiting, leases);
    }

    private void failed(StartFailure failure) {
        List<LeaseReceiver> waiting;
        synchronized (this) {
            waiting = state instanceof Starting starting ? starting.waiting() : List.of();
            state = ZERO;
            retiredWhileStarting = false;
            failing = true;
            lastFailure = failure.problem().message();
            notifyAll();
        }
        Receivers.refused(waiting, failure);
    }

    void end(InstanceLease lease, boolean broken) {
        PooledInstance instance = lease.instance();
        synchronized (this) {
            if (!lease.endOnce()) {
                return;
            }
            instance.inFlight--;
            instance.lastUsedNanos = timers.nanos();
            if (broken && state instanceof Running running && running.instance() == instance) {
                state = new Suspected(instance, new ArrayList<>());
                Thread.ofVirtual().name("look at " + instance.id()).start(() -> lookAt(instance));
            }
            if (instance.inFlight > 0) {
                return;
            }
            if (leaving.contains(instance)) {
                instance.stop();
            } else if (!instance.watched) {
                watch(instance, idle);
            }
        }
    }

    private void lookAt(PooledInstance instance) {
        boolean alive = instance.isAlive();
        if (!alive) {
            log.append(instance.id(), "[berth] accepts no connections any more");
        }
        List<LeaseReceiver> waiting;
        List<InstanceLease> leases;
        synchronized (this) {
            if (!(state instanceof Suspected suspected) || suspected.instance() != instance) {
                return;
            }
            waiting = suspected.waiting();
            if (!alive) {
                lastFailure = "%s accepts no connections any more".formatted(instance.id());
                leave(instance);
                restartFor(waiting);
                return;
            }
            state = new Running(instance);
            leases = waiting.stream().map(_ -> grant(instance, false)).toList();
            if (!instance.watched) {
                watch(instance, idle);
            }
        }
        Receivers.granted(waiting, leases);
    }

    private void restartFor(List<LeaseReceiver> waiting) {
        if (!waiting.isEmpty()) {
            startFor(waiting);
        }
    }

    private void watch(PooledInstance instance, Duration delay) {
        instance.watched = true;
        timers.after(delay, () -> stopIfIdle(instance));
    }

    private void stopIfIdle(PooledInstance instance) {
        if (leaveIfIdle(instance)) {
            log.append(instance.id(), "[berth] stopping after %s without calls".formatted(Durations.text(idle)));
        }
    }

    private synchronized boolean leaveIfIdle(PooledInstance instance) {
        instance.watched = false;
        if (!(state instanceof Running running) || running.instance() != instance || instance.inFlight > 0) {
            return false; // the end of its last lease, or of the look at it, watches it again
        }
        Duration left = idle.minusNanos(timers.nanos() - instance.lastUsedNanos);
        if (left.isPositive()) {
            watch(instance, left);
            return false;
        }
        leave(instance);
        return true;
    }

    /** Out of reach of new leases from now on, and stopped once nobody uses it. */
    private void leave(PooledInstance instance) {
        state = state instanceof Starting ? state : ZERO;
        leaving.add(instance);
        if (instance.inFlight == 0) {
            instance.stop();
        }
    }

    private void gone(PooledInstance instance, Exit exit) {
        boolean expected = forget(instance, exit);
        starter.events()
                .tell(
                        expected ? Event.Kind.INSTANCE_STOPPED : Event.Kind.INSTANCE_EXITED,
                        version.id(),
                        instance.id(),
                        exit.description());
        log.append(instance.id(), (expected ? "[berth] stopped: " : "[berth] exited: ") + exit.description());
        log.rest();
        synchronized (this) {
            leaving.remove(instance);
            notifyAll();
        }
    }

    private synchronized boolean forget(PooledInstance instance, Exit exit) {
        instance.gone = true;
        leaving.add(instance); // until its end is in the log
        if (!instance.stopping) {
            lastFailure = "%s ended by itself: %s".formatted(instance.id(), exit.description());
        }
        if (state instanceof Running running && running.instance() == instance) {
            state = ZERO;
        } else if (state instanceof Suspected suspected && suspected.instance() == instance) {
            state = ZERO;
            restartFor(suspected.waiting());
        }
        return instance.stopping;
    }

    /** Lets the present instance go once nobody uses it. A later lease starts a new one. */
    synchronized void retire() {
        switch (state) {
            case Running running -> leave(running.instance());
            case Suspected suspected -> {
                leave(suspected.instance());
                restartFor(suspected.waiting());
            }
            case Starting _ -> retiredWhileStarting = true;
            case Zero _ -> {}
        }
    }

    /** Like {@link #retire}, and no instance is started any more. */
    synchronized void close() {
        closed = true;
        retire();
    }

    synchronized void stopAll() {
        leaving.forEach(PooledInstance::stop);
    }

    /** @return whether all instances had ended within that time */
    synchronized boolean awaitZero(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!(state instanceof Zero) || !leaving.isEmpty()) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Those that have a process, and have not ended. */
    synchronized List<InstanceStatus> instances() {
        List<InstanceStatus> all = new ArrayList<>();
        switch (state) {
            case Running running -> all.add(running.instance().status(version.id(), InstanceStatus.State.RUNNING));
            case Suspected suspected ->
                all.add(suspected.instance().status(version.id(), InstanceStatus.State.SUSPECTED));
            case Starting _, Zero _ -> {}
        }
        leaving.forEach(instance -> all.add(instance.status(version.id(), InstanceStatus.State.LEAVING)));
        return all;
    }

    synchronized PoolCount count() {
        return PoolCount.of(state, leaving, failing, Optional.ofNullable(lastFailure));
    }
}
