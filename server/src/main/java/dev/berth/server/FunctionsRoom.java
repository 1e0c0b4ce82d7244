package dev.berth.server;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The functions of this server. */
final class FunctionsRoom {
    private FunctionsRoom() {}

    /** Knows no function. */
    static FunctionInvoker none() {
        return invocation -> CompletableFuture.completedFuture(new FunctionInvoker.Outcome(
                UUID.randomUUID().toString(),
                Optional.empty(),
                new FunctionInvoker.Failed(FunctionError.UNKNOWN, FunctionError.UNKNOWN.text()),
                Duration.ZERO,
                Duration.ZERO,
                0,
                false,
                List.of()));
    }
}
