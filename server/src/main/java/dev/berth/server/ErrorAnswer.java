package dev.berth.server;

import dev.berth.core.Problem;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A refusal by the management API, in the form of docs/management-api.md. */
final class ErrorAnswer {
    private static final String REQUEST_ID = "requestId";

    /** What cannot be done as things stand now. */
    private static final List<String> CONFLICTS =
            List.of("SIMULATOR_OFF", "VERSION_IN_USE", "VERSION_NOT_READY", "ROLLBACK_IMPOSSIBLE", "PORT_FIXED");

    /** Beginnings of the codes of what is broken here, whatever was asked. */
    private static final List<String> OURS = List.of("DATABASE_", "STORE_", "STORAGE_", "DISK_", "MASTER_", "SECRET_");

    private ErrorAnswer() {}

    static void send(RoutingContext context, Problem problem) {
        send(context, statusOf(problem.code()), problem);
    }

    static void send(RoutingContext context, int status, Problem problem) {
        if (context.response().headWritten() || context.response().closed()) {
            return;
        }
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json; charset=utf-8")
                .end(json(context, problem).toBuffer());
    }

    static JsonObject json(RoutingContext context, Problem problem) {
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("code", problem.code())
                                .put("component", problem.component())
                                .put("message", problem.message())
                                .put("hint", problem.hint())
                                .put("requestId", requestId(context)));
    }

    /** 16 hex digits, the same for one request always; in the log beside what is a defect. */
    static String requestId(RoutingContext context) {
        String present = context.get(REQUEST_ID);
        if (present != null) {
            return present;
        }
        String made = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        context.put(REQUEST_ID, made);
        return made;
    }

    private static int statusOf(String code) {
        if (code.endsWith("_UNKNOWN")) {
            return 404;
        }
        if (code.endsWith("_TAKEN") || CONFLICTS.contains(code)) {
            return 409;
        }
        if (OURS.stream().anyMatch(code::startsWith)) {
            return 500;
        }
        return switch (code) {
            case "BODY_TOO_LARGE" -> 413;
            case "UNEXPECTED" -> 500;
            case "WECHAT_UNAVAILABLE" -> 502;
            default -> 400;
        };
    }
}
