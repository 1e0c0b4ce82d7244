package dev.berth.hosting;

import dev.berth.core.Activator;
import dev.berth.core.Activator.Lease;
import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import dev.berth.core.StartFailure;
import dev.berth.core.Version;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Holds one instance of a version, started if there is none, until its traffic has moved. */
final class ReadyCheck implements LeaseReceiver {
    private final Version version;
    private final CompletableFuture<Lease> lease = new CompletableFuture<>();

    private ReadyCheck(Version version) {
        this.version = version;
    }

    /** Begins to start an instance; does not block. */
    static ReadyCheck of(Activator activator, Version version) {
        ReadyCheck check = new ReadyCheck(version);
        activator.lease(version, check);
        return check;
    }

    /** @throws BerthException {@code VERSION_NOT_READY} */
    void await() {
        try {
            lease.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReady(Refused.problem("STOPPING", "the server stops", "Try again when it is up."));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BerthException known
                    ? notReady(known.problem())
                    : new IllegalStateException(e);
        }
    }

    @Override
    public void granted(Lease granted) {
        if (!lease.complete(granted)) {
            granted.end();
        }
    }

    @Override
    public void refused(StartFailure failure) {
        lease.completeExceptionally(new BerthException(failure.problem()));
    }

    /** Lets the instance go; one that comes later goes at once. */
    void end() {
        if (!lease.cancel(false)) {
            try {
                lease.join().end();
            } catch (CancellationException | CompletionException never) {
                // it never came
            }
        }
    }

    private BerthException notReady(Problem why) {
        return Refused.because(
                "VERSION_NOT_READY",
                "%s gets no traffic, for it does not become ready: %s"
                        .formatted(version.id().name(), why.message()),
                why.hint());
    }
}
