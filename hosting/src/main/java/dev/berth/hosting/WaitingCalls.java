package dev.berth.hosting;

import static java.util.Objects.requireNonNull;

import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.Problem;
import dev.berth.core.StartFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calls that wait for an instance, and what they are told. Guarded by the pool's lock; the news that come out of it
 * are to be run outside.
 */
final class WaitingCalls {
    private final VersionPool pool;
    private final InstanceSet instances;
    private final Failures failures;
    private final PoolStarts starts;
    private final PoolSurroundings around;
    private List<LeaseReceiver> receivers = new ArrayList<>();

    WaitingCalls(
            VersionPool pool, InstanceSet instances, Failures failures, PoolStarts starts, PoolSurroundings around) {
        this.pool = pool;
        this.instances = instances;
        this.failures = failures;
        this.starts = starts;
        this.around = around;
    }

    void add(LeaseReceiver receiver) {
        receivers.add(receiver);
    }

    boolean isEmpty() {
        return receivers.isEmpty();
    }

    /**
     * What they are to be told as things are now; starts an instance for them if none is coming.
     *
     * @param cold whether the instance was started for them
     */
    Runnable settle(boolean cold) {
        if (isEmpty()) {
            return WaitingCalls::goOn;
        }
        if (!instances.serving().isEmpty()) {
            return grant(cold);
        }
        if (pool.isClosed()) {
            return refuse(stopping());
        }
        if (instances.isAnyComing()) {
            return WaitingCalls::goOn;
        }
        Optional<Problem> refusal = failures.refusal(around.nanos());
        if (refusal.isPresent()) {
            return refuse(refusal.get()); // CH-105
        }
        starts.startForCalls();
        return WaitingCalls::goOn;
    }

    /** The same after a start that brought nothing: they are told why, unless there is another instance to wait for. */
    Runnable noneStarted(Problem problem) {
        boolean others = !instances.serving().isEmpty() || instances.isAnyComing();
        return others ? settle(false) : refuse(problem);
    }

    Problem stopping() {
        return Refused.problem(
                "STOPPING",
                "%s is being removed or stopped".formatted(pool.version().id()),
                "Try again later.");
    }

    private Runnable grant(boolean cold) {
        List<LeaseReceiver> told = take();
        List<InstanceLease> leases = told.stream()
                .map(_ -> pool.grant(requireNonNull(instances.leastUsed()), cold))
                .toList();
        return () -> Receivers.granted(told, leases);
    }

    private Runnable refuse(Problem problem) {
        List<LeaseReceiver> told = take();
        return () -> Receivers.refused(told, new StartFailure(problem));
    }

    /** No news: they go on waiting, or there are none. */
    private static void goOn() {}

    private List<LeaseReceiver> take() {
        List<LeaseReceiver> taken = receivers;
        receivers = new ArrayList<>();
        return taken;
    }
}
