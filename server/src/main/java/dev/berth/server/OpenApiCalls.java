package dev.berth.server;

import dev.berth.core.OpenApiRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The latest calls toward WeChat, in memory. What became of those that failed is in the log already. Thread-safe. */
final class OpenApiCalls implements OpenApiRecord.Recorder {
    private final int kept;
    private final Deque<OpenApiRecord> latest = new ArrayDeque<>();

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
            latest.addFirst(call);
        }
    }

    /** Newest first. */
    List<OpenApiRecord> latest(int limit, Predicate<OpenApiRecord> wanted) {
        List<OpenApiRecord> all;
        synchronized (latest) {
            all = List.copyOf(latest);
        }
        return all.stream().filter(wanted).limit(limit).toList();
    }
}
