package dev.berth.gateway;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.core.Caller;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.Origin;
import dev.berth.core.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a shared environment says of a caller, by a function of that environment (CH-133). Who was let in is
 * not asked for again for some minutes, as long as the session and the version of the function are the same; who was
 * refused is. Thread-safe, never blocks.
 */
final class Sharing {
    static final String GUARD = "cloudbase_auth";
    static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int REMEMBERED_AT_MOST = 100_000;
    private static final String NO_EVENT = "{}";

    private final FunctionInvoker functions;
    private final AsyncCache<Admitted, Optional<Refusal>> verdicts;

    private record Admitted(String session, FunctionVersionId guard) {
        /** Without the session: it is a secret. */
        @Override
        public String toString() {
            return "Admitted[" + guard + "]";
        }
    }

    Sharing(FunctionInvoker functions, InstantSource clock) {
        this.functions = functions;
        this.verdicts = Caffeine.newBuilder()
                .maximumSize(REMEMBERED_AT_MOST)
                .expireAfterWrite(REMEMBERED)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .buildAsync();
    }

    /** The function that decides; without one, the grant alone does (CH-134). */
    static @Nullable FunctionEntry guardOf(EnvironmentEntry environment) {
        return environment.functions().get(GUARD);
    }

    /**
     * Why the caller is refused, if so (CH-85). However many ask at once for one session, the function runs once.
     *
     * @param guard as {@link #guardOf} told
     * @return never fails
     */
    CompletionStage<Optional<Refusal>> verdict(
            FunctionEntry guard, String session, Caller caller, String clientAddress) {
        Admitted key = new Admitted(session, guard.live().id());
        CompletableFuture<Optional<Refusal>> verdict = verdicts.get(
                key,
                (ignored, executor) -> functions
                        .invoke(new FunctionInvoker.Invocation(
                                guard.id(), NO_EVENT, Origin.client(caller, clientAddress)))
                        .thenApply(outcome -> SharingVerdict.refusal(outcome.result()))
                        .exceptionally(failure -> SharingVerdict.unusable("it could not be run"))
                        .toCompletableFuture());
        return verdict.thenApply(refusal -> {
            if (refusal.isPresent()) {
                verdicts.asMap().remove(key, verdict);
            }
            return refusal;
        });
    }
}
