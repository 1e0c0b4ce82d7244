package dev.berth.openapi;

import dev.berth.openapi.TokenRenewal.Failed;
import dev.berth.openapi.TokenRenewal.Kept;
import dev.berth.openapi.TokenRenewal.Renewed;
import dev.berth.openapi.TokenRenewal.Result;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The token of one app. A living one is read without a lock; else one renewal serves everybody who asks meanwhile (single
 * flight). Another token is fetched before the end, in the background, by the first call that comes in that time.
 * Thread-safe.
 */
final class AppTokens {
    private static final System.Logger LOG = System.getLogger("dev.berth.openapi");

    /** Pause between renewals that a stale token causes: whatever calls WeChat in a loop does not make Berth do so. */
    private static final Duration STALE_PAUSE = Duration.ofSeconds(10);

    /** WeChat forces 20 times a day. So the pause doubles each time, until nothing was forced for long. */
    private static final Duration FIRST_FORCE_PAUSE = Duration.ofMinutes(1);

    private static final Duration LAST_FORCE_PAUSE = Duration.ofHours(2);

    /** @param stale the token that shall be replaced; empty if any living one will do */
    private record Flight(String stale, Promise<TokenOutcome> landed) {}

    private final TokenRenewal renewal;
    private final Executor blocking;
    private final LongSupplier nanos;
    private volatile @Nullable HeldToken held;
    private volatile @Nullable Setback setback;
    private volatile @Nullable Flight flight;
    private long nextStaleRenewal;
    private long nextForce;
    private Duration forcePause = FIRST_FORCE_PAUSE;

    AppTokens(TokenRenewal renewal, Executor blocking, LongSupplier nanos) {
        this.renewal = renewal;
        this.blocking = blocking;
        this.nanos = nanos;
        this.nextStaleRenewal = nanos.getAsLong();
        this.nextForce = nextStaleRenewal;
    }

    /** Never failed; {@link TokenOutcome.Unchanged} is not among its results. */
    Future<TokenOutcome> present() {
        HeldToken token = held;
        long now = nanos.getAsLong();
        if (token == null || !token.isAlive(now)) {
            return fly("").map(this::orHeld);
        }
        Flight running = flight;
        if (running != null && running.stale().equals(token.value())) {
            return running.landed().future().map(this::orHeld);
        }
        if (running == null && token.isDue(now) && !isSetBack(now)) {
            refreshAhead();
        }
        return token.outcome();
    }

    /** Another token than the stale one. Never failed. */
    Future<TokenOutcome> insteadOf(String stale) {
        Flight running = flight;
        Future<TokenOutcome> landed = fly(stale);
        return running == null || running.stale().equals(stale)
                ? landed
                : landed.compose(outcome -> isAnother(outcome, stale) ? Future.succeededFuture(outcome) : fly(stale));
    }

    private static boolean isAnother(TokenOutcome outcome, String stale) {
        return outcome instanceof TokenOutcome.Had had && !had.value().equals(stale);
    }

    /** Who only wants a token is served with the one there is. */
    private TokenOutcome orHeld(TokenOutcome outcome) {
        HeldToken token = held;
        if (outcome instanceof TokenOutcome.Had || token == null || !token.isAlive(nanos.getAsLong())) {
            return outcome instanceof TokenOutcome.Unchanged unchanged
                    ? new TokenOutcome.NotReady(unchanged.reason())
                    : outcome;
        }
        return token.had();
    }

    private boolean isSetBack(long now) {
        Setback last = setback;
        return last != null && !last.isSecretsFault() && last.lasts(now);
    }

    private void refreshAhead() {
        synchronized (this) {
            if (flight == null) {
                HeldToken old = held;
                start(new Flight("", Promise.promise()), token -> !isSame(token, old), true, false);
            }
        }
    }

    private static boolean isSame(HeldToken token, @Nullable HeldToken old) {
        return old != null && old.value().equals(token.value());
    }

    private synchronized Future<TokenOutcome> fly(String stale) {
        long now = nanos.getAsLong();
        Flight running = flight;
        if (running != null) {
            return running.landed().future();
        }
        HeldToken token = held;
        boolean alive = token != null && token.isAlive(now);
        if (token != null && alive && !token.value().equals(stale)) {
            return token.outcome();
        }
        Setback last = setback;
        if (last != null && isSetBack(now)) {
            return Future.succeededFuture(last.outcome());
        }
        boolean mayAsk = stale.isEmpty() || now - nextStaleRenewal >= 0;
        boolean force = alive && mayAsk && now - nextForce >= 0;
        if (!stale.isEmpty() && mayAsk) {
            nextStaleRenewal = now + STALE_PAUSE.toNanos();
        }
        if (force) {
            planNextForce(now);
        }
        Flight begun = new Flight(stale, Promise.promise());
        start(begun, shared -> !shared.value().equals(stale), mayAsk, force);
        return begun.landed().future();
    }

    private void planNextForce(long now) {
        boolean longAgo = now - nextForce > LAST_FORCE_PAUSE.toNanos();
        forcePause = longAgo ? FIRST_FORCE_PAUSE : forcePause;
        nextForce = now + forcePause.toNanos();
        Duration doubled = forcePause.multipliedBy(2);
        forcePause = doubled.compareTo(LAST_FORCE_PAUSE) < 0 ? doubled : LAST_FORCE_PAUSE;
    }

    private void start(Flight begun, Predicate<HeldToken> wanted, boolean mayAsk, boolean force) {
        flight = begun;
        Predicate<HeldToken> living = token -> token.isAlive(nanos.getAsLong()) && wanted.test(token);
        Optional<Setback> before = Optional.ofNullable(setback);
        try {
            blocking.execute(() -> land(begun, run(living, mayAsk, force, before)));
        } catch (RejectedExecutionException e) {
            flight = null;
            begun.landed().complete(new TokenOutcome.NotReady("the server is closing"));
        }
    }

    private Result run(Predicate<HeldToken> wanted, boolean mayAsk, boolean force, Optional<Setback> before) {
        try {
            return renewal.run(wanted, mayAsk, force, before);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Kept(new TokenOutcome.NotReady("the server is closing"));
        } catch (RuntimeException e) {
            // Its message could hold anything.
            LOG.log(Level.WARNING, "could not renew a token ({0})", e.getClass().getSimpleName());
            return new Kept(new TokenOutcome.NotReady("Berth could not renew the token (%s)"
                    .formatted(e.getClass().getSimpleName())));
        }
    }

    private void land(Flight landing, Result result) {
        TokenOutcome outcome;
        synchronized (this) {
            outcome = switch (result) {
                case Renewed renewed -> {
                    held = renewed.token();
                    setback = null;
                    yield isAnother(renewed.token().had(), landing.stale())
                            ? renewed.token().had()
                            : new TokenOutcome.Unchanged("WeChat gave the same token again");
                }
                case Kept kept -> kept.outcome();
                case Failed failed -> {
                    setback = failed.setback();
                    yield failed.setback().outcome();
                }
            };
            flight = null;
        }
        landing.landed().complete(outcome);
    }
}
