package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Clients that call one after the other without a pause. */
final class Load implements AutoCloseable {
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger calls = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    /** @param client makes the calls of one client; each run is one call, and fails if that fails */
    Load(int count, Supplier<Runnable> client) {
        for (int i = 0; i < count; i++) {
            Runnable call = client.get();
            clients.execute(() -> {
                while (!ended) {
                    count(call);
                }
            });
        }
    }

    private void count(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | AssertionError e) {
            failures.add(e);
        }
        calls.incrementAndGet();
    }

    int calls() {
        return calls.get();
    }

    /** Ends the calls; not one may have failed. */
    void requireNoneFailed() {
        close();
        assertThat(failures)
                .as("failures of %d calls", calls.get())
                .extracting(Throwable::getMessage)
                .isEmpty();
    }

    @Override
    public void close() {
        ended = true;
        clients.close();
    }
}
