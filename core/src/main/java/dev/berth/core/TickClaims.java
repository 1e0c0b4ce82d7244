package dev.berth.core;

import java.time.Instant;
import java.util.List;

/** Port: which node runs a trigger at which time (HO-64). Methods block until the change would survive {@code kill -9}. */
public interface TickClaims {
    /** @param tick the latest of its trigger that was claimed */
    record Claim(FunctionId function, String trigger, Instant tick) {}

    /**
     * Claims one run of a trigger for this node.
     *
     * @param tick when it is due
     * @return false if it was claimed before, or if a later one was: by another node, or before a restart
     */
    boolean claimTick(FunctionId function, String trigger, Instant tick);

    /**
     * Takes back the claims of ticks after this time, which only a wrong clock can have made: ticks after {@code now} can be
     * claimed again.
     *
     * @return what was claimed, each told once, to one node
     */
    List<Claim> takeBackClaimsAfter(Instant time, Instant now);
}
