package dev.berth.functions;

import dev.berth.core.FunctionId;
import dev.berth.core.TickClaims;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Claims as a registry keeps them: in their order, each once. */
final class ClaimsDouble implements TickClaims {
    private final Map<String, Instant> latest = new HashMap<>();
    private final List<Instant> claimed = new ArrayList<>();
    private final Map<FunctionId, CountDownLatch> held = new ConcurrentHashMap<>();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private int refused;
    private boolean fails;

    /** Claims of this function wait until the latch opens. */
    CountDownLatch hold(FunctionId function) {
        CountDownLatch latch = new CountDownLatch(1);
        held.put(function, latch);
        return latch;
    }

    /** Until a claim waits. */
    void awaitHeld() {
        await(waiting);
    }

    synchronized void failOnce() {
        fails = true;
    }

    synchronized List<Instant> claimed() {
        return List.copyOf(claimed);
    }

    synchronized int refused() {
        return refused;
    }

    @Override
    public boolean claimTick(FunctionId function, String trigger, Instant tick) {
        CountDownLatch latch = held.get(function);
        if (latch != null) {
            waiting.countDown();
            await(latch);
        }
        return claim(function + " " + trigger, tick);
    }

    private synchronized boolean claim(String trigger, Instant tick) {
        if (fails) {
            fails = false;
            throw new IllegalStateException("the disk is gone");
        }
        if (!latest.getOrDefault(trigger, Instant.MIN).isBefore(tick)) {
            refused++;
            return false;
        }
        latest.put(trigger, tick);
        claimed.add(tick);
        return true;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
