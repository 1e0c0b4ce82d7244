package dev.berth.functions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** The invocations that wait for a host, in the order in which they came. Guarded by the pool's lock, except {@link #await}. */
final class WaitingInvocations {
    private final Deque<CompletableFuture<HostLease>> waiting = new ArrayDeque<>();

    /** One more; to be {@linkplain #await awaited} outside the lock. */
    Future<HostLease> add() {
        CompletableFuture<HostLease> waiter = new CompletableFuture<>();
        waiting.add(waiter);
        return waiter;
    }

    /** @throws InvocationFailure if it was refused meanwhile */
    static HostLease await(Future<HostLease> waiter) throws InterruptedException {
        try {
            return waiter.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof InvocationFailure failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The first of them gets a lease. */
    void serve(HostLease lease) {
        waiting.remove().complete(lease);
    }

    /** The first of them are told so, until no more than so many are left. */
    void refuse(InvocationFailure failure, int left) {
        while (waiting.size() > left) {
            waiting.remove().completeExceptionally(failure);
        }
    }
}
