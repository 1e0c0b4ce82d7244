package dev.berth.hosting;

import dev.berth.core.Activator.LeaseReceiver;
import java.util.List;

/**
 * Where a version stands. A lease moves {@code Zero} to {@code Starting}; a start ends in {@code Running} or back in
 * {@code Zero}; idleness, death and retirement lead from {@code Running} to {@code Zero}, and the instance, out of reach
 * of new leases, stops when the last of its calls has ended.
 */
sealed interface PoolState {
    record Zero() implements PoolState {}

    record Starting(List<LeaseReceiver> waiting) implements PoolState {}

    record Running(PooledInstance instance) implements PoolState {}

    /** A connection to the instance broke; whether it lives is being looked at. */
    record Suspected(PooledInstance instance, List<LeaseReceiver> waiting) implements PoolState {}
}
