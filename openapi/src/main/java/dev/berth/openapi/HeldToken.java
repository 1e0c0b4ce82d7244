package dev.berth.openapi;

import dev.berth.core.AccessToken;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A token in memory. Its age is measured with the monotonic clock: the wall clock may be set meanwhile.
 *
 * @param refreshAt from when on another one is fetched, while this one is used
 * @param outcome the same for everybody, so that nothing is allocated for a call
 */
record HeldToken(long refreshAt, TokenOutcome.Had had, Future<TokenOutcome> outcome) {
    /** A call that is on its way shall arrive with a living token. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** In this time before the end WeChat issues another stable token, and the one before lives on. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /** So that nodes do not all come at once. */
    private static final double JITTER = 0.2;

    /** @param life from now on */
    static HeldToken of(String value, Duration life, long now) {
        return of(value, life, life, now);
    }

    private static HeldToken of(String value, Duration life, Duration whole, long now) {
        long nanos = life.toNanos();
        long ahead = Math.min(AHEAD.toNanos(), whole.toNanos() / 2);
        long jitter = (long) (ahead * JITTER * ThreadLocalRandom.current().nextDouble());
        TokenOutcome.Had had = new TokenOutcome.Had(value, now + nanos - Math.min(MARGIN.toNanos(), nanos / 10));
        return new HeldToken(now + nanos - ahead + jitter, had, Future.succeededFuture(had));
    }

    /** One that another node has put. A wall clock that was set back does not make it live longer than it was issued for. */
    static HeldToken of(AccessToken shared, Instant wall, long now) {
        Duration left = Duration.between(wall, shared.expiresAt());
        Duration whole = Duration.between(shared.issuedAt(), shared.expiresAt());
        Duration life = left.compareTo(whole) < 0 ? left : whole;
        return of(shared.value(), life.isPositive() ? life : Duration.ZERO, whole, now);
    }

    String value() {
        return had.value();
    }

    boolean isAlive(long now) {
        return now - had.until() < 0;
    }

    boolean isDue(long now) {
        return now - refreshAt >= 0;
    }

    @Override
    public String toString() {
        return "HeldToken";
    }
}
