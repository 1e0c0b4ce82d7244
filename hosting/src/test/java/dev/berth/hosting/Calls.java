package dev.berth.hosting;

import dev.berth.core.Activator;
import dev.berth.core.Activator.Lease;
import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.StartFailure;
import dev.berth.core.Version;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A caller of the activator that waits for what it is told. */
final class Calls {
    private Calls() {}

    static final class Answer implements LeaseReceiver {
        private final CompletableFuture<Lease> lease = new CompletableFuture<>();
        private final CompletableFuture<StartFailure> failure = new CompletableFuture<>();
        final AtomicInteger told = new AtomicInteger();

        @Override
        public void granted(Lease granted) {
            told.incrementAndGet();
            lease.complete(granted);
        }

        @Override
        public void refused(StartFailure refused) {
            told.incrementAndGet();
            failure.complete(refused);
        }

        boolean isDone() {
            return lease.isDone() || failure.isDone();
        }

        /** Waits; whether it ended in a lease. */
        boolean settled() {
            get(CompletableFuture.anyOf(lease, failure));
            return lease.isDone();
        }

        Lease lease() {
            return get(lease);
        }

        StartFailure failure() {
            return get(failure);
        }

        private static <T> T get(CompletableFuture<T> future) {
            try {
                return future.get(10, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError("not told", e);
            }
        }
    }

    static Answer call(Activator activator, Version version) {
        return call(receiver -> activator.lease(version, receiver));
    }

    static Answer call(Consumer<LeaseReceiver> lease) {
        Answer answer = new Answer();
        lease.accept(answer);
        return answer;
    }

    static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
