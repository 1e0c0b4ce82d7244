package dev.berth.functions;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One host for one invocation that is debugged. Thread-safe. */
final class InspectedHost implements HostSource {
    private static final Failed CANCELLED = new Failed(
            FunctionError.PLATFORM_FAILED, FunctionError.PLATFORM_FAILED.text() + ": the inspection was cancelled");

    private final HostStarter starter;
    private final HostStarter.Inspect inspect;
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    InspectedHost(HostStarter starter, HostStarter.Inspect inspect) {
        this.starter = starter;
        this.inspect = inspect;
    }

    @Override
    public HostLease acquire(FunctionVersion version) throws InterruptedException {
        FunctionHost host = starter.start(version, Optional.of(inspect));
        var _ = cancelled.thenRun(() -> host.ending().kill(CANCELLED));
        starter.load(host, Optional.empty());
        return new HostLease(host, true, host.ending()::stop);
    }

    @Override
    public Optional<Duration> timeLimit(FunctionVersion version) {
        return Optional.empty();
    }

    void cancel() {
        cancelled.complete(null);
    }
}
