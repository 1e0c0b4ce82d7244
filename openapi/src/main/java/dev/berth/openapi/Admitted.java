package dev.berth.openapi;

import dev.berth.core.Asker.InstanceAsker;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An instance that may ask, until its admission ends. Thread-safe. */
final class Admitted {
    private final InstanceAsker asker;
    private final Set<Runnable> ends = new LinkedHashSet<>();
    private boolean ended;

    Admitted(InstanceAsker asker) {
        this.asker = asker;
    }

    InstanceAsker asker() {
        return asker;
    }

    synchronized boolean isOpen() {
        return !ended;
    }

    /**
     * Ties something to the admission.
     *
     * @param end run when the admission ends, on that thread; at once if it has ended
     * @return what unties it
     */
    Runnable tie(Runnable end) {
        synchronized (this) {
            if (!ended) {
                ends.add(end);
                return () -> untie(end);
            }
        }
        end.run();
        return () -> {};
    }

    private synchronized void untie(Runnable end) {
        ends.remove(end);
    }

    void end() {
        List<Runnable> tied;
        synchronized (this) {
            ended = true;
            tied = new ArrayList<>(ends);
            ends.clear();
        }
        tied.forEach(Runnable::run);
    }
}
