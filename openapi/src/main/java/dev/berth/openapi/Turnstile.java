package dev.berth.openapi;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Queue;

/** Lets so many calls toward WeChat be under way at once; so many more wait, in their order. Thread-safe. */
final class Turnstile {
    /** One that wants through, or is. To be left exactly once by whoever was let through. */
    final class Ticket {
        private final Context context;
        private final Runnable entered;
        private boolean waiting;
        private boolean inside;

        private Ticket(Context context, Runnable entered) {
            this.context = context;
            this.entered = entered;
        }

        /** Whether inside or waiting. Repeatable. */
        void leave() {
            Turnstile.this.leave(this);
        }
    }

    private final int most;
    private final int longestQueue;
    private final Queue<Ticket> queue = new ArrayDeque<>();
    private int inside;

    Turnstile(int most, int longestQueue) {
        this.most = most;
        this.longestQueue = longestQueue;
    }

    /**
     * @param entered run later on the context if there is a wait, else not at all
     * @return what {@link #isInside} or waits; refused if neither
     */
    Ticket enter(Context context, Runnable entered) {
        Ticket ticket = new Ticket(context, entered);
        synchronized (this) {
            if (inside < most) {
                inside++;
                ticket.inside = true;
            } else if (queue.size() < longestQueue) {
                ticket.waiting = true;
                queue.add(ticket);
            }
        }
        return ticket;
    }

    synchronized boolean isInside(Ticket ticket) {
        return ticket.inside;
    }

    synchronized boolean isWaiting(Ticket ticket) {
        return ticket.waiting;
    }

    private void leave(Ticket ticket) {
        Ticket next = null;
        synchronized (this) {
            if (ticket.waiting) {
                ticket.waiting = false;
                queue.remove(ticket);
            } else if (ticket.inside) {
                ticket.inside = false;
                next = queue.poll();
                if (next == null) {
                    inside--;
                } else {
                    next.waiting = false;
                    next.inside = true;
                }
            }
        }
        if (next != null) {
            Ticket entering = next;
            entering.context.runOnContext(ignored -> entering.entered.run());
        }
    }
}
