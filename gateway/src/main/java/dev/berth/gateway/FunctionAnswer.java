package dev.berth.gateway;

import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.FunctionInvoker.Result;
import dev.berth.core.FunctionInvoker.Returned;
import dev.berth.core.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.Optional;

/** What a client is told of an invocation (CH-142, WT-67). */
final class FunctionAnswer {
    private FunctionAnswer() {}

    /** Whether the function ran, so that its outcome is the answer; else a system error is. */
    static boolean ran(Result result) {
        return switch (result) {
            case Returned returned -> true;
            case Failed failed ->
                switch (failed.error()) {
                    case EXECUTION_FAILED, TIMED_OUT, RESULT_TOO_LARGE -> true;
                    case UNKNOWN, TOO_MANY, EVENT_TOO_LARGE, EVENT_INVALID, PLATFORM_FAILED -> false;
                };
        };
    }

    static Optional<Refusal> refusal(Result result) {
        return switch (result) {
            case Returned returned -> Optional.empty();
            case Failed failed -> // the message may hold what a user sent
                Optional.of(Refusal.function(
                        failed.error(),
                        ran(result) ? "function" : "functions",
                        failed.error().text()));
        };
    }

    /** The text of the result is handed on as it is. */
    static Buffer json(Outcome outcome) {
        return switch (outcome.result()) {
            case Returned returned -> body(outcome, 0, "ok").appendString(",\"result\":" + returned.json() + "}");
            case Failed failed ->
                body(outcome, failed.error().code(), failed.message()).appendString("}");
        };
    }

    private static Buffer body(Outcome outcome, int errcode, String errmsg) {
        return Buffer.buffer("{\"errcode\":" + errcode + ",\"errmsg\":" + Json.encode(errmsg) + ",\"requestID\":"
                + Json.encode(outcome.requestId()));
    }
}
