package dev.berth.server;

import dev.berth.core.Event;
import dev.berth.core.EventRecorder;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest events, in memory, and a log line for each. Thread-safe. */
final class EventLog implements EventRecorder {
    private static final System.Logger LOG = System.getLogger("events");
    private static final int KEPT = 1_000;

    private final Deque<Event> latest = new ArrayDeque<>();

    @Override
    public void record(Event event) {
        synchronized (latest) {
            if (latest.size() == KEPT) {
                latest.removeLast();
            }
            latest.addFirst(event);
        }
        LOG.log(
                Level.INFO,
                "{0} {1}: {2} (by {3})",
                event.kind(),
                event.subject(),
                event.reason(),
                event.actor(),
                LogFields.of(
                        "kind", event.kind().name(),
                        "subject", event.subject(),
                        "actor", event.actor(),
                        "environment", event.environment().orElse(""),
                        "service", event.service().orElse("")));
    }

    /** Newest first. */
    List<Event> latest(int limit) {
        synchronized (latest) {
            return latest.stream().limit(limit).toList();
        }
    }
}
