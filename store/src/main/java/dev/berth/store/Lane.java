package dev.berth.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/**
 * Transactions on a few platform threads, because SQLite's native code would pin virtual ones. Callers on virtual threads
 * wait here without holding a carrier.
 */
final class Lane implements AutoCloseable {
    private final HikariDataSource pool;
    private final Path file;
    private final Jdbi jdbi;
    private final ExecutorService threads;

    Lane(String name, int width, HikariDataSource pool, Path file) {
        this.pool = pool;
        this.file = file;
        this.jdbi = Jdbi.create(pool);
        // Arguments may be secrets, so messages do not show them.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        this.threads = Executors.newFixedThreadPool(width, work -> {
            Thread thread = new LaneThread(this, work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does the work in a transaction and waits for its commit. A thread of this lane does it itself. */
    <T> T call(HandleCallback<T, RuntimeException> work) {
        return call(work, result -> {});
    }

    /** @param committed done by the lane's thread after the commit and before this method returns */
    <T> T call(HandleCallback<T, RuntimeException> work, Consumer<? super T> committed) {
        if (Thread.currentThread() instanceof LaneThread thread && thread.lane == this) {
            return run(work, committed);
        }
        try {
            return submit(work, committed).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Does the work in a transaction; completes on the lane's thread after the commit. */
    <T> CompletableFuture<T> submit(HandleCallback<T, RuntimeException> work) {
        return submit(work, result -> {});
    }

    private <T> CompletableFuture<T> submit(HandleCallback<T, RuntimeException> work, Consumer<? super T> committed) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    result.complete(run(work, committed));
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(closed(e));
        }
        return result;
    }

    private <T> T run(HandleCallback<T, RuntimeException> work, Consumer<? super T> committed) {
        T result;
        try {
            result = jdbi.inTransaction(work);
        } catch (JdbiException e) {
            throw SqlFailures.explain(e, file);
        }
        committed.accept(result);
        return result;
    }

    private BerthException closed(RejectedExecutionException cause) {
        return new BerthException(
                new Problem("STORE_CLOSED", "store", "The store is closed.", "Try again when the server is up."),
                cause);
    }

    /** Finishes what was submitted. */
    @Override
    public void close() {
        threads.close();
        pool.close();
    }

    private static final class LaneThread extends Thread {
        private final Lane lane;

        LaneThread(Lane lane, Runnable work, String name) {
            super(work, name);
            this.lane = lane;
        }
    }
}
