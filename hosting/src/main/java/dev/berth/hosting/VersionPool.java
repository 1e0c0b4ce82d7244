package dev.berth.hosting;

import static java.util.Objects.requireNonNull;

import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.Problem;
import dev.berth.core.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The instances of one version, from zero and back. A lease goes to the serving instance with the fewest outstanding
 * calls; when none serves it waits for one, and a start is made if none is under way. The minimum is kept while the
 * version has traffic; {@link LoadWatch} and {@link IdleWatch} ask for more and fewer; after deaths {@link Failures}
 * holds starts back.
 *
 * <p>One lock, that of this object, held for a few instructions only, guards everything; starts, looks and stops happen
 * on virtual threads, and receivers, events and logs are told outside the lock. That an instance leaves and that it gets
 * a lease are decided under the same lock, so a leased instance is never stopped (HO-14).
 */
final class VersionPool {
    private final Version version;
    private final PoolRules rules;
    private final PoolSurroundings around;
    private final Consumer<VersionPool> whenUnused;
    private final PoolDiary diary;
    private final Failures failures;
    private final LoadWatch load;
    private final IdleWatch idle;
    private final InstanceSet instances = new InstanceSet();
    private final WaitingCalls waiting = new WaitingCalls();
    private boolean traffic = true;
    private boolean closed;
    private boolean unused;
    private boolean startIsPlanned;

    /** @param whenUnused told once, when the version has neither traffic nor instances; it gives no leases then */
    VersionPool(Version version, PoolRules rules, PoolSurroundings around, Consumer<VersionPool> whenUnused) {
        this.version = version;
        this.rules = rules;
        this.around = around;
        this.whenUnused = whenUnused;
        this.diary = around.diaryOf(version);
        this.failures = new Failures(version.id(), rules.pauses(), diary);
        this.load = new LoadWatch(this, instances, rules, around);
        this.idle = new IdleWatch(this, rules.idle(), around);
    }

    Version version() {
        return version;
    }

    // --- calls

    /** @return false if this pool is unused; the receiver was told nothing then */
    boolean lease(LeaseReceiver receiver) {
        InstanceLease warm = null;
        Runnable news = null;
        synchronized (this) {
            if (unused) {
                return false;
            }
            PooledInstance least = instances.leastUsed();
            if (least != null) {
                warm = grant(least, false);
            } else {
                waiting.add(receiver);
                news = settle(false);
            }
        }
        if (warm != null) {
            receiver.granted(warm);
        } else if (news != null) {
            news.run();
        }
        return true;
    }

    private InstanceLease grant(PooledInstance instance, boolean cold) {
        instance.inFlight++;
        instance.called = true;
        load.called();
        return new InstanceLease(this, instance, cold);
    }

    void end(InstanceLease lease, boolean broken) {
        PooledInstance instance = lease.instance();
        synchronized (this) {
            if (!lease.endOnce()) {
                return;
            }
            instance.inFlight--;
            instance.lastUsedNanos = around.nanos();
            if (broken && instances.suspect(instance)) {
                Thread.ofVirtual().name("look at " + instance.id()).start(() -> lookAt(instance));
            }
            if (instance.inFlight > 0) {
                return;
            }
            if (instances.isLeaving(instance)) {
                instance.stop();
            } else {
                idle.watch(instance);
            }
        }
    }

    /** What those who wait are to be told, after the lock; starts an instance for them if none is coming. */
    private Runnable settle(boolean cold) {
        if (waiting.isEmpty()) {
            return waiting.keep();
        }
        if (!instances.serving().isEmpty()) {
            return waiting.grant(() -> grant(requireNonNull(instances.leastUsed()), cold));
        }
        if (closed) {
            return waiting.refuse(stopping());
        }
        if (instances.isAnyComing()) {
            return waiting.keep();
        }
        Optional<Problem> refusal = failures.refusal(around.nanos());
        if (refusal.isPresent()) {
            return waiting.refuse(refusal.get()); // CH-105
        }
        instances.dropOneQueued();
        start(failures.reason("from zero", "a call"), true);
        return waiting.keep();
    }

    private Problem stopping() {
        return Refused.problem(
                "STOPPING", "%s is being removed or stopped".formatted(version.id()), "Try again later.");
    }

    // --- starts

    private void start(String why, boolean forCalls) {
        PendingStart pending = around.newStart(version, why, forCalls);
        instances.add(pending);
        StartRun.begin(this, pending, around);
    }

    /** @return false if the start is not needed any more */
    synchronized boolean begin(PendingStart pending) {
        return instances.begin(pending);
    }

    void started(PendingStart pending, PooledInstance instance) {
        instance.whenGone(exit -> gone(instance, exit));
        Runnable news;
        synchronized (this) {
            instances.remove(pending);
            if (instance.gone) {
                news = noneStarted(Refused.problem(
                        "EXITED_BEFORE_READY",
                        "%s ended as soon as it was ready".formatted(instance.id()),
                        "Look at the service's log."));
            } else {
                serve(instance);
                news = settle(true);
                if (closed || pending.retired) {
                    letGo(instance, "not needed any more when it was ready");
                }
            }
            keepMinimum();
            notifyAll();
        }
        news.run();
        diary.tell();
    }

    private void serve(PooledInstance instance) {
        instance.readyNanos = around.nanos();
        instance.lastUsedNanos = instance.readyNanos;
        instances.serve(instance);
        idle.watch(instance);
        failures.started();
    }

    void failed(PendingStart pending, Problem problem) {
        Runnable news;
        synchronized (this) {
            instances.remove(pending);
            if (!closed) {
                failures.startFailed(pending, problem.message(), around.nanos());
            }
            news = noneStarted(closed ? stopping() : problem);
            keepMinimum();
            notifyAll();
        }
        news.run();
        diary.tell();
        forgetIfUnused();
    }

    private Runnable noneStarted(Problem problem) {
        boolean others = !instances.serving().isEmpty() || instances.isAnyComing();
        return others ? settle(false) : waiting.refuse(problem);
    }

    /** Starts what is missing: all of it, or one after the other while instances keep dying. */
    private void keepMinimum() {
        int missing = rules.scale().min() - instances.size();
        if (missing <= 0 || closed || !traffic) {
            return;
        }
        Duration pause = failures.pause(around.nanos());
        if (!pause.isZero()) {
            planStart(pause);
            return;
        }
        int now = !failures.isDying() ? missing : instances.isAnyStarting() ? 0 : 1;
        String why = failures.reason("minimum of " + rules.scale().min(), "replacement");
        for (int i = 0; i < now; i++) {
            start(why, false);
        }
    }

    private void planStart(Duration pause) {
        if (!startIsPlanned) {
            startIsPlanned = true;
            around.after(pause, this::startAsPlanned);
        }
    }

    private synchronized void startAsPlanned() {
        startIsPlanned = false;
        keepMinimum();
    }

    /** One more for the load, if that is possible now. Under the lock. */
    boolean addOne(String why) {
        boolean possible = traffic
                && !closed
                && !instances.isAnyStarting()
                && instances.size() < rules.scale().max()
                && failures.pause(around.nanos()).isZero();
        if (possible) {
            start(why, false);
        }
        return possible;
    }

    // --- ends

    private void lookAt(PooledInstance instance) {
        boolean alive = instance.isAlive();
        Runnable news;
        synchronized (this) {
            if (!instances.isSuspected(instance)) {
                return;
            }
            if (alive) {
                instances.serve(instance);
                idle.watch(instance);
            } else {
                diary.unreachable(instance);
                letGo(instance, "it accepts no connections any more");
                failures.died(instance, "accepts no connections any more", around.nanos());
            }
            news = settle(false);
            keepMinimum();
        }
        news.run();
        diary.tell();
    }

    private void gone(PooledInstance instance, Exit exit) {
        Runnable news;
        synchronized (this) {
            instance.gone = true;
            boolean unexpected = instances.leave(instance) && !closed; // among the leaving until its end is in the log
            diary.ended(instance, exit, instance.stopping, () -> forget(instance));
            if (unexpected) {
                failures.died(instance, "ended by itself: " + exit.description(), around.nanos());
            }
            news = settle(false);
            keepMinimum();
        }
        news.run();
        diary.tell();
    }

    private void forget(PooledInstance instance) {
        synchronized (this) {
            instances.forget(instance);
            notifyAll();
        }
        forgetIfUnused();
    }

    /** Out of reach of new leases from now on, and stopped once nobody uses it. Under the lock. */
    void letGo(PooledInstance instance, String why) {
        failures.serves(instance, around.nanos());
        if (instances.leave(instance)) {
            diary.leaving(instance, why);
        }
        if (instance.inFlight == 0) {
            instance.stop();
        }
    }

    /** Under the lock. */
    void letOneGo(String why) {
        instances.mostSpareable().ifPresent(instance -> letGo(instance, why));
    }

    /** Whether it serves nobody at this moment, and is not of the minimum. Under the lock. */
    boolean canSpare(PooledInstance instance) {
        boolean ofMinimum =
                traffic && instances.serving().size() <= rules.scale().min();
        return instances.isServing(instance) && instance.inFlight == 0 && !ofMinimum;
    }

    void tell() {
        diary.tell();
    }

    // --- traffic

    /**
     * The version has traffic: its minimum is kept, and what was wrong before is forgotten.
     *
     * @return false if this pool is unused
     */
    synchronized boolean serveTraffic() {
        if (unused) {
            return false;
        }
        traffic = true;
        failures.forget();
        instances.keepStarting();
        keepMinimum();
        return true;
    }

    /** The version has no traffic any more: its instances go once nobody uses them. A later lease starts a new one. */
    void retire(String why) {
        Runnable news;
        synchronized (this) {
            news = retireAll(why);
        }
        news.run();
        diary.tell();
        forgetIfUnused();
    }

    /** Like {@link #retire}, and no instance is started any more. */
    void close(String why) {
        Runnable news;
        synchronized (this) {
            closed = true;
            news = retireAll(why);
        }
        news.run();
        diary.tell();
    }

    private Runnable retireAll(String why) {
        traffic = false;
        instances.inUse().forEach(instance -> letGo(instance, why));
        instances.retireStarting();
        notifyAll();
        return settle(false);
    }

    private void forgetIfUnused() {
        synchronized (this) {
            if (unused || closed || traffic || !instances.isEmpty() || !waiting.isEmpty()) {
                return;
            }
            unused = true;
        }
        whenUnused.accept(this);
    }

    /** Stops those that are leaving, whoever uses them. */
    synchronized void stopAll() {
        instances.leaving().forEach(PooledInstance::stop);
    }

    /** @return whether all instances had ended within that time */
    synchronized boolean awaitZero(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!instances.isEmpty()) {
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

    // --- status

    synchronized List<InstanceStatus> instances() {
        return instances.statuses(version);
    }

    synchronized PoolCount count() {
        long now = around.nanos();
        instances.serving().forEach(instance -> failures.serves(instance, now));
        return instances.count(failures.isFailing(), failures.told(now));
    }
}
