package dev.berth.functions;

import dev.berth.core.SecretText;
import dev.berth.logs.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What one invocation wrote, and what Berth has to say about it: lines of the function's log with the request id as their
 * writer; kept besides, if its caller wants to see them. Thread-safe.
 */
final class InvocationLines {
    static final int KEPT_BYTES = 256 * 1024;

    private final Log log;
    private final String requestId;
    private final boolean keeps;
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final List<String> kept = new ArrayList<>();
    private long keptBytes;
    private boolean full;

    /** @param keeps whether {@link #kept} is wanted */
    InvocationLines(Log log, String requestId, boolean keeps) {
        this.log = log;
        this.requestId = requestId;
        this.keeps = keeps;
    }

    /** A line of Berth's, as it is to be shown; from any thread. Does not block. */
    void tell(String line) {
        told.add(SecretText.masked(line)); // it may quote the function
        Thread.startVirtualThread(this::write);
    }

    /** What the function wrote. */
    void write(HostLog written) {
        HostLogs.lines(written).forEach(this::write);
    }

    /** After all that was told before. */
    synchronized void write(String line) {
        write();
        append(line);
    }

    /** Oldest first, at most {@link #KEPT_BYTES}. */
    synchronized List<String> kept() {
        write();
        return List.copyOf(kept);
    }

    private synchronized void write() {
        for (String line = told.poll(); line != null; line = told.poll()) {
            append(line);
        }
    }

    private void append(String line) {
        log.append(requestId, line);
        if (!keeps || full) {
            return;
        }
        keptBytes += 3L * line.length();
        full = keptBytes > KEPT_BYTES;
        kept.add(full ? "[berth] what follows is in the log of the function only" : line);
    }
}
