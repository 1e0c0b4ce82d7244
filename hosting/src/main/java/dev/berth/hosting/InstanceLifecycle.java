package dev.berth.hosting;

import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.Problem;

/**
 * How the instances of a version come to serve, and how they leave: let go, found dead when they were looked at, or ended
 * by themselves. What happens to one is taken in under the pool's lock, in one piece with what it means for those who wait
 * and for the minimum; those are told after it.
 */
final class InstanceLifecycle {
    private final VersionPool pool;
    private final InstanceSet instances;
    private final PoolStarts starts;
    private final WaitingCalls waiting;
    private final Failures failures;
    private final IdleWatch idle;
    private final PoolDiary diary;
    private final PoolSurroundings around;

    InstanceLifecycle(
            VersionPool pool,
            InstanceSet instances,
            PoolStarts starts,
            WaitingCalls waiting,
            Failures failures,
            IdleWatch idle,
            PoolDiary diary,
            PoolSurroundings around) {
        this.pool = pool;
        this.instances = instances;
        this.starts = starts;
        this.waiting = waiting;
        this.failures = failures;
        this.idle = idle;
        this.diary = diary;
        this.around = around;
    }

    // --- comes, as told by StartRun

    /** @return false if the start is not needed any more */
    boolean begin(PendingStart pending) {
        synchronized (pool) {
            return instances.begin(pending);
        }
    }

    void started(PendingStart pending, PooledInstance instance) {
        instance.whenGone(exit -> gone(instance, exit));
        Runnable news;
        synchronized (pool) {
            instances.remove(pending);
            if (instance.gone) {
                news = waiting.noneStarted(Refused.problem(
                        "EXITED_BEFORE_READY",
                        "%s ended as soon as it was ready".formatted(instance.id()),
                        "Look at the service's log."));
            } else {
                serve(instance);
                news = waiting.settle(true);
                if (pool.isClosed() || pending.retired) {
                    letGo(instance, "not needed any more when it was ready");
                }
            }
            starts.keepMinimum();
            pool.notifyAll(); // awaitZero
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
        synchronized (pool) {
            instances.remove(pending);
            if (!pool.isClosed()) {
                failures.startFailed(pending, problem.message(), around.nanos());
            }
            news = waiting.noneStarted(pool.isClosed() ? waiting.stopping() : problem);
            starts.keepMinimum();
            pool.notifyAll(); // awaitZero
        }
        news.run();
        diary.tell();
        pool.forgetIfUnused();
    }

    // --- is looked at

    /** A connection to it broke: it gets no calls until it was looked at. Under the lock. */
    void suspect(PooledInstance instance) {
        if (instances.suspect(instance)) {
            Thread.ofVirtual().name("look at " + instance.id()).start(() -> lookAt(instance));
        }
    }

    private void lookAt(PooledInstance instance) {
        boolean alive = instance.isAlive();
        Runnable news;
        synchronized (pool) {
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
            news = waiting.settle(false);
            starts.keepMinimum();
        }
        news.run();
        diary.tell();
    }

    // --- leaves

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

    private void gone(PooledInstance instance, Exit exit) {
        Runnable news;
        synchronized (pool) {
            instance.gone = true;
            // among the leaving until its end is in the log
            boolean unexpected = instances.leave(instance) && !pool.isClosed();
            diary.ended(instance, exit, instance.stopping, () -> forget(instance));
            if (unexpected) {
                failures.died(instance, "ended by itself: " + exit.description(), around.nanos());
            }
            news = waiting.settle(false);
            starts.keepMinimum();
        }
        news.run();
        diary.tell();
    }

    private void forget(PooledInstance instance) {
        synchronized (pool) {
            instances.forget(instance);
            pool.notifyAll(); // awaitZero
        }
        pool.forgetIfUnused();
    }
}
