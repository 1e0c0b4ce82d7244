package dev.berth.server;

import dev.berth.core.Event;
import dev.berth.core.EventRecorder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The latest events, in memory and in a file that outlives the server, and a log line for each. Thread-safe. */
final class EventLog implements EventRecorder, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("events");
    private static final long FILE_CAP = 4L * 1024 * 1024;
    static final int KEPT = 2_000;

    /** @param id counts up from 1, across restarts */
    record Entry(long id, Event event) {}

    private final Deque<Entry> latest = new ArrayDeque<>();
    private final EventFile file;
    private long lastId;
    private boolean lost;
    private boolean closed;

    private EventLog(Path file, long cap) {
        this.file = EventFile.open(file, cap, line -> EventJson.read(line).ifPresent(this::keep));
    }

    /** @throws dev.berth.core.BerthException {@code DATA_UNUSABLE} */
    static EventLog open(Path file) {
        return open(file, FILE_CAP);
    }

    static EventLog open(Path file, long cap) {
        return new EventLog(file, cap);
    }

    private void keep(Entry entry) {
        if (latest.size() == KEPT) {
            latest.removeLast();
        }
        latest.addFirst(entry);
        lastId = entry.id();
    }

    @Override
    public void record(Event event) {
        synchronized (latest) {
            Entry entry = new Entry(lastId + 1, event);
            keep(entry);
            write(entry);
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

    private void write(Entry entry) {
        try {
            if (!closed) {
                file.append(EventJson.write(entry.id(), entry.event()).encode());
            }
        } catch (IOException e) {
            if (!lost) {
                LOG.log(Level.ERROR, "Events are not kept beyond this run: their file cannot be written", e);
            }
            lost = true;
        }
    }

    /** Newest first. */
    List<Entry> latest(int limit, Predicate<Entry> wanted) {
        synchronized (latest) {
            return latest.stream().filter(wanted).limit(limit).toList();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (latest) {
            closed = true;
            file.close();
        }
    }
}
