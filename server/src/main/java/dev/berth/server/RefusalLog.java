package dev.berth.server;

import dev.berth.core.RefusedRequest;
import java.lang.System.Logger.Level;

/** A log line for each request that was refused before it was a call; only for some of a flood. Thread-safe. */
final class RefusalLog implements RefusedRequest.Recorder {
    private static final System.Logger LOG = System.getLogger("requests");

    private final LineLimit limit;

    RefusalLog(LineLimit limit) {
        this.limit = limit;
    }

    @Override
    public void record(RefusedRequest request) {
        if (!limit.passes()) {
            return;
        }
        LOG.log(
                Level.WARNING,
                "{0} {1} → {2} {3} ({4}: {5})",
                CallLog.printable(request.method()),
                CallLog.printable(request.path()),
                Integer.toString(request.status()),
                request.outcome(),
                request.component(),
                CallLog.printable(request.reason()),
                LogFields.of(
                        "method", CallLog.printable(request.method()),
                        "path", CallLog.printable(request.path()),
                        "status", request.status(),
                        "outcome", request.outcome(),
                        "component", request.component(),
                        "reason", CallLog.printable(request.reason())));
    }

    /** To be called now and then: says how many lines were left out. */
    void tellHeldBack() {
        long number = limit.takeHeldBack();
        if (number > 0) {
            LOG.log(Level.WARNING, "… and {0} more requests refused", Long.toString(number));
        }
    }
}
