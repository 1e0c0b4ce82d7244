package dev.berth.hosting;

import dev.berth.core.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a version, by what they are good for: starting, serving, suspected (a connection broke; being looked
 * at), leaving (out of reach of new leases; stopped when the last of its calls has ended). Guarded by the pool's lock.
 */
final class InstanceSet {
    private final List<PendingStart> starting = new ArrayList<>();
    private final List<PooledInstance> serving = new ArrayList<>();
    private final Set<PooledInstance> suspected = new LinkedHashSet<>();
    private final Set<PooledInstance> leaving = new LinkedHashSet<>();
    private int turn;

    /** The serving one with the fewest outstanding calls; among equals each has its turn. Allocates nothing. */
    @Nullable
    PooledInstance leastUsed() {
        int size = serving.size();
        if (size == 0) {
            return null;
        }
        int first = turn < size ? turn : 0;
        turn = first + 1;
        PooledInstance least = serving.get(first);
        for (int i = first + 1; i < first + size && least.inFlight > 0; i++) {
            PooledInstance other = serving.get(i < size ? i : i - size);
            if (other.inFlight < least.inFlight) {
                least = other;
            }
        }
        return least;
    }

    /** Which serving one can be spared best: the least used, among equals the newest. */
    Optional<PooledInstance> mostSpareable() {
        return serving.reversed().stream().min(Comparator.comparingInt(instance -> instance.inFlight));
    }

    void add(PendingStart start) {
        starting.add(start);
    }

    void remove(PendingStart start) {
        starting.remove(start);
    }

    /** A start whose turn has come. @return false if it was dropped meanwhile */
    boolean begin(PendingStart start) {
        start.begun = true;
        return starting.contains(start);
    }

    /** Drops a start whose turn has not come, to make room for one that is more urgent. */
    void dropOneQueued() {
        starting.stream().filter(start -> !start.begun).findFirst().ifPresent(starting::remove);
    }

    /** The version has traffic again. */
    void keepStarting() {
        starting.forEach(start -> start.retired = false);
    }

    /** The version lost its traffic: what is starting leaves when it is ready. */
    void retireStarting() {
        starting.removeIf(start -> !start.begun);
        starting.forEach(start -> start.retired = true);
    }

    void serve(PooledInstance instance) {
        suspected.remove(instance);
        serving.add(instance);
    }

    /** @return whether it served until now */
    boolean suspect(PooledInstance instance) {
        return serving.remove(instance) && suspected.add(instance);
    }

    /** @return whether it was not leaving already */
    boolean leave(PooledInstance instance) {
        serving.remove(instance);
        suspected.remove(instance);
        return leaving.add(instance);
    }

    void forget(PooledInstance instance) {
        leaving.remove(instance);
    }

    boolean isServing(PooledInstance instance) {
        return serving.contains(instance);
    }

    boolean isSuspected(PooledInstance instance) {
        return suspected.contains(instance);
    }

    boolean isLeaving(PooledInstance instance) {
        return leaving.contains(instance);
    }

    /** Whether one may soon serve, so that it makes sense to wait. */
    boolean isAnyComing() {
        return !suspected.isEmpty() || starting.stream().anyMatch(start -> start.begun);
    }

    boolean isAnyStarting() {
        return !starting.isEmpty();
    }

    /** Oldest first. */
    List<PooledInstance> serving() {
        return serving;
    }

    Set<PooledInstance> leaving() {
        return leaving;
    }

    /** Those that get calls, or soon will. */
    List<PooledInstance> inUse() {
        return Stream.concat(serving.stream(), suspected.stream()).toList();
    }

    /** How many there are or will be, without those that leave. */
    int size() {
        return starting.size() + serving.size() + suspected.size();
    }

    boolean isEmpty() {
        return size() == 0 && leaving.isEmpty();
    }

    int outstanding() {
        int sum = 0;
        for (PooledInstance instance : serving) {
            sum += instance.inFlight;
        }
        return sum;
    }

    List<InstanceStatus> statuses(Version version) {
        List<InstanceStatus> all = new ArrayList<>();
        starting.forEach(start -> all.add(start.status(version)));
        serving.forEach(it -> all.add(it.status(version.id(), InstanceStatus.State.RUNNING)));
        suspected.forEach(it -> all.add(it.status(version.id(), InstanceStatus.State.SUSPECTED)));
        leaving.forEach(it -> all.add(it.status(version.id(), InstanceStatus.State.LEAVING)));
        return all;
    }

    PoolCount count(boolean failing, Optional<String> lastFailure) {
        List<PooledInstance> inUse = inUse();
        ServiceStatus.State said = !inUse.isEmpty()
                ? ServiceStatus.State.RUNNING
                : !starting.isEmpty()
                        ? ServiceStatus.State.STARTING
                        : failing ? ServiceStatus.State.FAILING : ServiceStatus.State.ZERO;
        int inFlight = Stream.concat(inUse.stream(), leaving.stream())
                .mapToInt(instance -> instance.inFlight)
                .sum();
        return new PoolCount(said, inUse.size() + leaving.size(), inFlight, lastFailure);
    }
}
