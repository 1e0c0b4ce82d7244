package dev.berth.server;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;

/** What a room that answers later has come to, while the server starts or stops. */
final class Awaited {
    private Awaited() {}

    /** Blocks. Throws what the future failed with. */
    static <T> T of(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting or stopping", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
