package dev.berth.functions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts of a version, by what they are good for: kept (they get invocations, if they have room) and leaving (being
 * stopped). Guarded by the pool's lock.
 */
final class HostSet {
    /** The most recently used first, behind them those that never were. */
    private final Deque<PooledHost> kept = new ArrayDeque<>();

    private final Set<PooledHost> leaving = new HashSet<>();

    /** The one that was used last, of those that can be given an invocation. */
    Optional<PooledHost> withRoom() {
        return kept.stream().filter(PooledHost::hasRoom).findFirst();
    }

    void add(PooledHost host) {
        kept.addLast(host);
    }

    /** It is the most recently used now. */
    void use(PooledHost host) {
        kept.remove(host);
        kept.addFirst(host);
    }

    /** @return whether it was kept until now */
    boolean leave(PooledHost host) {
        return kept.remove(host) && leaving.add(host);
    }

    /** Nothing is left of it. */
    void forget(PooledHost host) {
        kept.remove(host);
        leaving.remove(host);
    }

    boolean isKept(PooledHost host) {
        return kept.contains(host);
    }

    boolean isEmpty() {
        return kept.isEmpty() && leaving.isEmpty();
    }

    int neverInvoked() {
        return (int) kept.stream().filter(host -> !host.invoked).count();
    }

    List<PooledHost> kept() {
        return List.copyOf(kept);
    }
}
