package dev.berth.gateway;

import dev.berth.core.Limits;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of the calls of one event loop: a timing wheel (Varghese and Lauck, 1987) with one turn longer than the
 * longest deadline, so that a slot holds only what is due when its turn comes. Entering and leaving cost neither an
 * allocation nor a look at other calls; a timer ticks only while there are calls. Late by a tick at most, never early.
 */
final class Deadlines {
    private static final long TICK_MILLIS = 8;
    private static final int SLOTS = 2048;

    static {
        assert Limits.DEADLINE.toMillis() < TICK_MILLIS * (SLOTS - 2);
    }

    /** Something with a deadline; in one wheel at most, at most once. */
    abstract static class Entry {
        private @Nullable Entry before;
        private @Nullable Entry after;
        private long due;

        abstract void passDeadline();
    }

    private static final class Slot extends Entry {
        @Override
        void passDeadline() {
            throw new IllegalStateException("a slot has no deadline");
        }
    }

    private final Vertx vertx;
    private final Entry[] slots = new Entry[SLOTS];
    private final long start = System.nanoTime();
    private long passed;
    private int entries;
    private boolean ticking;

    Deadlines(Vertx vertx) {
        this.vertx = vertx;
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Slot();
        }
    }

    /** @param millis at most {@link Limits#DEADLINE} */
    void enter(Entry entry, long millis) {
        if (entries == 0) {
            passed = ticks();
        }
        long due = ticks() + Math.ceilDiv(millis, TICK_MILLIS) + 1; // the present tick has partly gone
        Entry slot = slots[(int) (due % SLOTS)];
        entry.due = due;
        entry.before = slot;
        entry.after = slot.after;
        if (slot.after != null) {
            slot.after.before = entry;
        }
        slot.after = entry;
        entries++;
        tick();
    }

    void leave(Entry entry) {
        Entry before = entry.before;
        if (before == null) {
            return;
        }
        before.after = entry.after;
        if (entry.after != null) {
            entry.after.before = before;
        }
        entry.before = null;
        entry.after = null;
        entries--;
    }

    private void tick() {
        if (!ticking) {
            ticking = true;
            vertx.setTimer(TICK_MILLIS, ignored -> {
                ticking = false;
                passDue();
                if (entries > 0) {
                    tick();
                }
            });
        }
    }

    private void passDue() {
        long now = ticks();
        for (long turns = Math.min(now - passed, SLOTS); turns > 0; turns--) {
            passed = now - turns + 1;
            Entry slot = slots[(int) (passed % SLOTS)];
            for (Entry due = firstDue(slot, now); due != null; due = firstDue(slot, now)) {
                leave(due);
                due.passDeadline(); // others may leave on account of this
            }
        }
    }

    /** Nearly always the first of all; a loop that was held up may find some of the next turn. */
    private static @Nullable Entry firstDue(Entry slot, long now) {
        Entry entry = slot.after;
        while (entry != null && entry.due > now) {
            entry = entry.after;
        }
        return entry;
    }

    private long ticks() {
        return (System.nanoTime() - start) / (TICK_MILLIS * 1_000_000);
    }
}
