package dev.berth.functions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.Origin;
import java.time.Duration;

/** The lines that a log has for each invocation, beside what the function writes. */
final class InvocationReports {
    private static final int TIMED_OUT_STATUS = 433;

    private InvocationReports() {}

    static String begin(HostLease lease, Origin origin) {
        FunctionHost host = lease.host();
        String start = lease.isCold() ? "cold, host started in " + Texts.millis(host.startTook()) : "warm";
        return "START %s on %s (%s) from %s".formatted(host.version().id().name(), host.id(), start, origin.source());
    }

    /** AD-83. */
    static String failure(String requestId, Failed failed) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        if (isThrown(failed)) {
            line.put("errorCode", 1)
                    .put("errorMessage", "user code exception caught")
                    .put("stackTrace", failed.message());
        } else {
            line.put("errorCode", -1).put("errorMessage", failed.message()).put("requestId", requestId);
            if (failed.error() == FunctionError.TIMED_OUT) {
                line.put("statusCode", TIMED_OUT_STATUS);
            }
        }
        return line.toString();
    }

    private static boolean isThrown(Failed failed) {
        return failed.error() == FunctionError.EXECUTION_FAILED
                && failed.message().contains("\n    at ");
    }

    /**
     * @param memory the most that was used, in MiB; 0 if unknown
     * @param limit of it
     */
    static String end(Duration duration, int memory, int limit, boolean cold) {
        return "REPORT duration %s, memory %s of %d MB, %s"
                .formatted(Texts.millis(duration), memory == 0 ? "?" : memory, limit, cold ? "cold" : "warm");
    }
}
