package dev.berth.server;

import dev.berth.core.DirectorySource;
import dev.berth.core.Event;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.functions.TriggerStatus;
import dev.berth.functions.Triggers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;

/** When functions are due, and the way to run one as if it were. */
final class TriggerRoutes implements ManagementDoor.Routes {
    private final RequestPath path;
    private final Triggers triggers;
    private final OperatorEvents events;

    TriggerRoutes(DirectorySource directory, Triggers triggers, OperatorEvents events) {
        this.path = new RequestPath(directory);
        this.triggers = triggers;
        this.events = events;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/environments/:env/triggers").handler(blocking.route(this::list));
        router.post("/environments/:env/functions/:name/triggers/:trigger/run").handler(blocking.route(this::run));
    }

    private void list(RoutingContext context) {
        JsonArray all = new JsonArray();
        triggers.list(path.environment(context)).forEach(status -> all.add(json(status)));
        Blocking.answer(context, new JsonObject().put("triggers", all));
    }

    private void run(RoutingContext context) throws InterruptedException {
        FunctionId function = new FunctionId(path.environment(context), context.pathParam("name"));
        String trigger = context.pathParam("trigger");
        Outcome outcome = triggers.runNow(function, trigger);
        events.service(context, Event.Kind.FUNCTION_TRIGGER_RUN, function.name(), told(trigger, outcome));
        FunctionJson.answer(context, outcome);
    }

    /** What it returned or threw may be secret. */
    private static String told(String trigger, Outcome outcome) {
        String how = outcome.result() instanceof Failed failed
                ? "failed: %d %s"
                        .formatted(failed.error().code(), failed.error().text())
                : "returned";
        return "%s was run by hand, request %s; it %s after %d ms"
                .formatted(trigger, outcome.requestId(), how, outcome.total().toMillis());
    }

    private static JsonObject json(TriggerStatus status) {
        JsonObject json = new JsonObject()
                .put("function", status.function().name())
                .put("trigger", status.trigger().name())
                .put("cron", status.trigger().cron())
                .put("zone", status.zone().getId());
        status.next().map(Instant::toString).ifPresent(next -> json.put("next", next));
        status.problem().ifPresent(problem -> json.put("problem", problem.message()));
        status.last().ifPresent(run -> json.put("last", json(run)));
        return json;
    }

    private static JsonObject json(TriggerStatus.Run run) {
        JsonObject json = new JsonObject()
                .put("tick", run.tick().toString())
                .put("ended", run.end().isPresent());
        run.end().ifPresent(end -> {
            json.put("requestId", end.requestId())
                    .put("totalMillis", end.total().toMillis());
            end.error().ifPresent(error -> json.put("error", error(error.code(), error.text())));
        });
        return json;
    }

    private static JsonObject error(int code, String message) {
        return new JsonObject().put("code", code).put("message", message);
    }
}
