package dev.berth.hosting;

import dev.berth.hosting.PoolState.Running;
import dev.berth.hosting.PoolState.Starting;
import dev.berth.hosting.PoolState.Suspected;
import dev.berth.hosting.PoolState.Zero;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How a {@link VersionPool} stands at one moment.
 *
 * @param instances also those that are leaving
 */
record PoolCount(ServiceStatus.State state, int instances, int inFlight, Optional<String> lastFailure) {
    /** Under the pool's lock. */
    static PoolCount of(PoolState state, Set<PooledInstance> leaving, boolean failing, Optional<String> lastFailure) {
        Set<PooledInstance> instances = new HashSet<>(leaving);
        ServiceStatus.State said = switch (state) {
            case Zero _ -> failing ? ServiceStatus.State.FAILING : ServiceStatus.State.ZERO;
            case Starting _ -> ServiceStatus.State.STARTING;
            case Running running -> {
                instances.add(running.instance());
                yield ServiceStatus.State.RUNNING;
            }
            case Suspected suspected -> {
                instances.add(suspected.instance());
                yield ServiceStatus.State.RUNNING;
            }
        };
        int inFlight =
                instances.stream().mapToInt(instance -> instance.inFlight).sum();
        return new PoolCount(said, instances.size(), inFlight, lastFailure);
    }
}
