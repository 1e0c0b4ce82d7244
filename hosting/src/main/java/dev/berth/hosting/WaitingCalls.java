package dev.berth.hosting;

import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.Problem;
import dev.berth.core.StartFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The calls that wait for an instance. Guarded by the pool's lock; the news that come out of it are to be run outside.
 */
final class WaitingCalls {
    private List<LeaseReceiver> receivers = new ArrayList<>();

    void add(LeaseReceiver receiver) {
        receivers.add(receiver);
    }

    boolean isEmpty() {
        return receivers.isEmpty();
    }

    Runnable grant(Supplier<InstanceLease> lease) {
        List<LeaseReceiver> told = take();
        List<InstanceLease> leases = told.stream().map(_ -> lease.get()).toList();
        return () -> Receivers.granted(told, leases);
    }

    Runnable refuse(Problem problem) {
        List<LeaseReceiver> told = take();
        return () -> Receivers.refused(told, new StartFailure(problem));
    }

    /** They go on waiting, or there are none. */
    Runnable keep() {
        return () -> {};
    }

    private List<LeaseReceiver> take() {
        List<LeaseReceiver> taken = receivers;
        receivers = new ArrayList<>();
        return taken;
    }
}
