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
    private record Key(FunctionId function, String name) {}

    private final Map<Key, Instant> latest = new HashMap<>();
    private final List<Instant> claimed = new ArrayList<>();
    private final Map<FunctionId, CountDownLatch> held = new ConcurrentHashMap<>();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private int refused;
    private int looks;
    private boolean fails;
    private boolean failsToLook;

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
        return isClaimed(new Key(function, trigger), tick);
    }

    private synchronized boolean isClaimed(Key trigger, Instant tick) {
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

    @Override
    public synchronized List<Claim> takeBackClaimsAfter(Instant time, Instant now) {
        looks++;
        if (looks == 1 && failsToLook) {
            throw new IllegalStateException("the disk is gone");
        }
        List<Claim> future = latest.entrySet().stream()
                .filter(claim -> claim.getValue().isAfter(time))
                .map(claim -> claim(claim.getKey(), claim.getValue()))
                .toList();
        latest.replaceAll((trigger, tick) -> tick.isAfter(time) ? now : tick);
        return future;
    }

    private static Claim claim(Key trigger, Instant tick) {
        return new Claim(trigger.function(), trigger.name(), tick);
    }

    /** The first look for claims of the future. */
    synchronized void failToLook() {
        failsToLook = true;
    }

    synchronized int looks() {
        return looks;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
