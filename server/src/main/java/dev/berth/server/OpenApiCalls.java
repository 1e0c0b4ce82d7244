package dev.berth.server;

import dev.berth.core.OpenApiRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The latest calls toward WeChat, in memory. What became of those that failed is in the log already. Thread-safe. */
final class OpenApiCalls implements OpenApiRecord.Recorder {
    private final int kept;
    private final Deque<Entry> latest = new ArrayDeque<>();
    private long recorded;

    /** @param id counts up from 1 with each start of the server */
    record Entry(long id, OpenApiRecord call) {}

    /** @param kept how many calls can be asked for */
    OpenApiCalls(int kept) {
        this.kept = kept;
    }

    @Override
    public void record(OpenApiRecord call) {
        synchronized (latest) {
            if (latest.size() == kept) {
                latest.removeLast();
            }
            recorded++;
            latest.addFirst(new Entry(recorded, call));
        }
    }

    /** Newest first. */
    List<Entry> latest(int limit, Predicate<Entry> wanted) {
        List<Entry> all;
        synchronized (latest) {
            all = List.copyOf(latest);
        }
        return all.stream().filter(wanted).limit(limit).toList();
    }
}
