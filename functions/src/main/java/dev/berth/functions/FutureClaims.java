package dev.berth.functions;

import dev.berth.core.TickClaims;
import dev.berth.core.TickClaims.Claim;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Takes back what was claimed for the future. Ticks are claimed when they are due, so a claim that lies ahead of the clock
 * by more than clocks of nodes differ was made while some clock was wrong, and its trigger would wait until that time has
 * come. A tick that ran too early for that reason runs again when it is due.
 *
 * <p>One thread looks; any may read {@link #looking}.
 */
final class FutureClaims {
    /** Clocks of nodes may differ by so much. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final System.Logger LOG = System.getLogger(FutureClaims.class.getName());

    private static final CompletableFuture<Void> NOW = CompletableFuture.allOf();

    private final TickClaims claims;
    private final InstantSource clock;
    private Instant looked = Instant.MIN;
    private Instant latest = Instant.MIN;
    private volatile CompletableFuture<?> looking = NOW;

    FutureClaims(TickClaims claims, InstantSource clock) {
        this.claims = claims;
        this.clock = clock;
    }

    /** Looks if it was long ago, or if the clock was set back. Does not block. */
    void look(Instant now, Executor threads) {
        boolean setBack = now.isBefore(latest);
        latest = now;
        if (setBack || looked.isBefore(now.minus(LOOK_EVERY))) {
            looked = now;
            looking = NOW.thenRunAsync(this::takeBack, threads);
        }
    }

    /** What a claim has to wait for. */
    CompletableFuture<?> looking() {
        return looking;
    }

    private void takeBack() {
        try {
            Instant now = clock.instant(); // again: it may have taken until now
            claims.takeBackClaimsAfter(now.plus(TOLERANCE), now).forEach(claim -> tell(claim, now));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Claims of ticks are not looked at; they are in a minute", e);
        }
    }

    private static void tell(Claim claim, Instant now) {
        LOG.log(
                Level.WARNING,
                "Trigger {0} of {1} ran for {2}, and it is {3}: a clock was wrong. It runs again when it is due. Set the"
                        + " clocks of all nodes by NTP.",
                claim.trigger(),
                claim.function(),
                claim.tick(),
                now);
    }
}
