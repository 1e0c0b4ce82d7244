package dev.berth.hosting;

import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.Version;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The instances of one version, from zero and back. A lease goes to the serving instance with the fewest outstanding
 * calls; when none serves it is one of the {@link WaitingCalls}, and a start is made if none is under way. Here are the
 * calls, and the traffic that comes and goes. When instances are started is decided by {@link PoolStarts}; how they come
 * to serve and to leave, by {@link InstanceLifecycle}; {@link LoadWatch} and {@link IdleWatch} ask for more and fewer.
 *
 * <p>One lock, that of this object, held for a few instructions only, guards all of these; a method of theirs is called
 * under it unless it takes it itself, visibly, with {@code synchronized (pool)}. Starts, looks and stops happen on virtual
 * threads, and receivers, events and logs are told outside the lock. That an instance leaves and that it gets a lease are
 * decided under the same lock, so a leased instance is never stopped (HO-14).
 */
final class VersionPool {
    private final Version version;
    private final PoolSurroundings around;
    private final Consumer<VersionPool> whenUnused;
    private final PoolDiary diary;
    private final Failures failures;
    private final InstanceSet instances = new InstanceSet();
    private final PoolStarts starts;
    private final WaitingCalls waiting;
    private final IdleWatch idle;
    private final InstanceLifecycle lifecycle;
    private final LoadWatch load;
    private boolean traffic = true;
    private boolean closed;
    private boolean unused;

    /** @param whenUnused told once, when the version has neither traffic nor instances; it gives no leases then */
    VersionPool(Version version, PoolRules rules, PoolSurroundings around, Consumer<VersionPool> whenUnused) {
        this.version = version;
        this.around = around;
        this.whenUnused = whenUnused;
        this.diary = around.diaryOf(version);
        this.failures = new Failures(version.id(), rules.pauses(), diary);
        this.starts = new PoolStarts(this, instances, failures, rules, around);
        this.waiting = new WaitingCalls(this, instances, failures, starts, around);
        this.idle = new IdleWatch(this, instances, rules, around);
        this.lifecycle = new InstanceLifecycle(this, instances, starts, waiting, failures, idle, diary, around);
        this.load = new LoadWatch(this, instances, starts, rules, around);
    }

    Version version() {
        return version;
    }

    InstanceLifecycle lifecycle() {
        return lifecycle;
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
                news = waiting.settle(false);
            }
        }
        if (warm != null) {
            receiver.granted(warm);
        } else if (news != null) {
            news.run();
        }
        return true;
    }

    /** Under the lock. */
    InstanceLease grant(PooledInstance instance, boolean cold) {
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
            if (broken) {
                lifecycle.suspect(instance);
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
        starts.keepMinimum();
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
        instances.inUse().forEach(instance -> lifecycle.letGo(instance, why));
        instances.retireStarting();
        notifyAll(); // awaitZero
        return waiting.settle(false);
    }

    /** Not under the lock. */
    void forgetIfUnused() {
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

    /** Tells what was noted in the diary. Not under the lock. */
    void tell() {
        diary.tell();
    }

    /** Whether the version has traffic, so that its minimum is kept. Under the lock. */
    boolean hasTraffic() {
        return traffic;
    }

    /** Whether no instance is started any more. Under the lock. */
    boolean isClosed() {
        return closed;
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
