package dev.berth.server;

import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.FunctionInvoker.Returned;
import dev.berth.core.FunctionSettings;
import dev.berth.core.FunctionVersion;
import dev.berth.functions.DeployedFunction;
import dev.berth.functions.HostCount;
import dev.berth.functions.HostStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** Functions, their versions and their invocations as the management API answers them. */
final class FunctionJson {
    private FunctionJson() {}

    static JsonObject of(FunctionVersion live, HostCount hosts) {
        return new JsonObject()
                .put("name", live.id().function().name())
                .put("version", live.id().name())
                .put("createdAt", live.createdAt().toString())
                .mergeIn(settings(live.settings()))
                .put(
                        "hosts",
                        new JsonObject()
                                .put("starting", hosts.starting())
                                .put("warm", hosts.idle())
                                .put("busy", hosts.busy()))
                .put("memoryUsed", mebibytes(hosts.memory()));
    }

    static JsonObject of(HostStatus host) {
        JsonObject json = new JsonObject()
                .put("id", host.hostId())
                .put("version", host.version().name())
                .put("state", host.state().name().toLowerCase(Locale.ROOT))
                .put("pid", host.pid())
                .put("startedAt", host.startedAt().toString())
                .put("invocations", host.invocations())
                .put("memoryUsed", mebibytes(host.memory()));
        host.idleSince().ifPresent(since -> json.put("idleSince", since.toString()));
        return json;
    }

    static JsonObject version(FunctionVersion version, boolean live) {
        return new JsonObject()
                .put("name", version.id().name())
                .put("live", live)
                .put("createdAt", version.createdAt().toString())
                .put("settings", settings(version.settings()));
    }

    /** Values of variables may be secrets, so only their names are told. */
    private static JsonObject settings(FunctionSettings settings) {
        JsonArray variables = new JsonArray();
        settings.variables().keySet().stream().sorted().forEach(variables::add);
        JsonArray permissions = new JsonArray();
        settings.permissions().forEach(permissions::add);
        JsonArray triggers = new JsonArray();
        settings.triggers()
                .forEach(trigger -> triggers.add(
                        new JsonObject().put("name", trigger.name()).put("cron", trigger.cron())));
        return new JsonObject()
                .put("handler", settings.handler())
                .put("timeout", settings.timeLimit().toSeconds())
                .put("memory", settings.memory())
                .put("invocationsPerHost", settings.invocationsPerHost())
                .put("variables", variables)
                .put("permissions", permissions)
                .put("triggers", triggers);
    }

    static JsonObject of(DeployedFunction deployed) {
        JsonObject json = new JsonObject()
                .put("function", deployed.version().id().function().name())
                .put("version", deployed.version().id().name())
                .put("changed", deployed.changed());
        deployed.note().ifPresent(note -> json.put("note", note));
        return json;
    }

    static void answer(RoutingContext context, Outcome outcome) {
        context.response()
                .putHeader("content-type", "application/json; charset=utf-8")
                .end(of(outcome));
    }

    /** As text, because the result is handed on as the function wrote it: numbers beyond a double included. */
    static String of(Outcome outcome) {
        JsonObject json = new JsonObject().put("requestId", outcome.requestId());
        outcome.version().ifPresent(version -> json.put("version", version.name()));
        if (outcome.result() instanceof Failed failed) {
            json.put(
                    "error", new JsonObject().put("code", failed.error().code()).put("message", failed.message()));
        }
        json.put("durationMillis", outcome.duration().toMillis())
                .put("totalMillis", outcome.total().toMillis())
                .put("memory", outcome.memory())
                .put("cold", outcome.cold());
        if (!outcome.log().isEmpty()) {
            json.put("log", new JsonArray(outcome.log()));
        }
        String text = json.encode();
        return outcome.result() instanceof Returned returned
                ? text.substring(0, text.length() - 1) + ",\"result\":" + returned.json() + "}"
                : text;
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }
}
