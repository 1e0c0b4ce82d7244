package dev.berth.core;

import java.time.Instant;

/** Port: which node runs a trigger at which time (HO-64). Methods block until the claim would survive {@code kill -9}. */
@FunctionalInterface
public interface TickClaims {
    /**
     * Claims one run of a trigger for this node.
     *
     * @param tick when it is due
     * @return false if it was claimed before, or if a later one was: by another node, or before a restart
     */
    boolean claimTick(FunctionId function, String trigger, Instant tick);
}
