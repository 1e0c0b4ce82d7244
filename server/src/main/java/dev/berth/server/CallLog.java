package dev.berth.server;

import dev.berth.core.CallRecord;
import dev.berth.core.CallRecorder;
import dev.berth.core.Refusal;
import dev.berth.core.VersionId;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The latest calls, in memory, and a log line for each that did not get its service's answer; only for some of a flood.
 * Thread-safe.
 */
final class CallLog implements CallRecorder {
    private static final System.Logger LOG = System.getLogger("calls");
    private static final int LONGEST_SHOWN = 500;

    /** Controls, formats, line and paragraph separators. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final int kept;
    private final LineLimit limit;
    private final Deque<CallRecord> latest = new ArrayDeque<>();

    /** @param kept how many calls can be asked for */
    CallLog(int kept, LineLimit limit) {
        this.kept = kept;
        this.limit = limit;
    }

    @Override
    public void record(CallRecord call) {
        synchronized (latest) {
            if (latest.size() == kept) {
                latest.removeLast();
            }
            latest.addFirst(call);
        }
        if (call.refusal().isPresent() && limit.passes()) {
            log(call, call.refusal().get());
        }
    }

    /** To be called now and then: says how many lines were left out. */
    void tellHeldBack() {
        long number = limit.takeHeldBack();
        if (number > 0) {
            LOG.log(Level.WARNING, "… and {0} more calls that failed", Long.toString(number));
        }
    }

    /** Newest first. */
    List<CallRecord> latest(int limit) {
        synchronized (latest) {
            return latest.stream().limit(limit).toList();
        }
    }

    private static void log(CallRecord call, Refusal refusal) {
        LOG.log(
                Level.WARNING,
                "{0} {1} {2}/{3} → {4} ({5}: {6}), {7} ms, call {8}",
                printable(call.method()),
                printable(call.path()),
                printable(call.environment()),
                printable(call.service()),
                call.outcome(),
                refusal.component(),
                printable(refusal.reason()),
                Long.toString(call.totalMillis()),
                printable(call.callId()),
                fields(call, refusal));
    }

    private static LogFields fields(CallRecord call, Refusal refusal) {
        return LogFields.of(
                "callId", printable(call.callId()),
                "environment", printable(call.environment()),
                "service", printable(call.service()),
                "version", call.version().map(VersionId::name).orElse(""),
                "method", printable(call.method()),
                "path", printable(call.path()),
                "status", call.status(),
                "outcome", call.outcome(),
                "component", refusal.component(),
                "reason", printable(refusal.reason()),
                "cold", call.cold(),
                "queueMillis", call.queueMillis(),
                "millis", call.totalMillis());
    }

    /** What came from a caller can neither forge log lines, nor command a terminal, nor fill the disk. */
    static String printable(String text) {
        String bounded = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        return UNPRINTABLE.matcher(bounded).replaceAll("?");
    }
}
