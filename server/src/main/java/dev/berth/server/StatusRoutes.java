package dev.berth.server;

import dev.berth.core.CallRecord;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Event;
import dev.berth.core.Refusal;
import dev.berth.core.VersionId;
import dev.berth.hosting.Hosting;
import dev.berth.hosting.ServiceStatus;
import dev.berth.openapi.RelayWay;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How the server stands, its latest calls, and its end. */
final class StatusRoutes implements ManagementDoor.Routes {
    private static final String TRUST =
            "Services and functions run as plain processes of this user and are not walled off from one another: for development on one's own machine.";

    private final long began = System.nanoTime();
    private final Supplier<JsonObject> description;
    private final DirectorySource directory;
    private final Hosting hosting;
    private final CallLog calls;
    private final RelayWay way;
    private final OperatorEvents events;
    private final Runnable shutdown;

    StatusRoutes(
            Supplier<JsonObject> description,
            DirectorySource directory,
            Hosting hosting,
            CallLog calls,
            RelayWay way,
            OperatorEvents events,
            Runnable shutdown) {
        this.description = description;
        this.directory = directory;
        this.hosting = hosting;
        this.calls = calls;
        this.way = way;
        this.events = events;
        this.shutdown = shutdown;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/status").handler(blocking.route(this::status));
        router.get("/calls").handler(blocking.route(this::calls));
        router.post("/shutdown").handler(blocking.route(this::shutdown));
    }

    private void status(RoutingContext context) {
        int services = 0;
        int instances = 0;
        int functions = 0;
        for (EnvironmentEntry entry : directory.current().environments().values()) {
            services += entry.services().size();
            functions += entry.functions().size();
            instances += hosting.status(entry.environment().id()).stream()
                    .mapToInt(ServiceStatus::instances)
                    .sum();
        }
        Blocking.answer(
                context,
                description
                        .get()
                        .put("uptimeMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                        .put("apps", directory.current().apps().size())
                        .put("services", services)
                        .put("instances", instances)
                        .put("functions", functions)
                        .put("cloudCall", json(way))
                        .put("trust", TRUST));
    }

    private static JsonObject json(RelayWay way) {
        return new JsonObject()
                .put("byAddress", way.byAddress())
                .put("reason", way.reason())
                .put("ca", way.caFile().toString());
    }

    private void calls(RoutingContext context) {
        int limit = RequestQuery.number(context, "limit", 50, 1, 100_000);
        JsonArray latest = new JsonArray();
        calls.latest(limit).forEach(call -> latest.add(json(call)));
        Blocking.answer(context, new JsonObject().put("calls", latest));
    }

    private static JsonObject json(CallRecord call) {
        JsonObject json = new JsonObject()
                .put("callId", call.callId())
                .put("at", call.at().toString())
                .put("method", call.method())
                .put("path", call.path())
                .put("environment", call.environment())
                .put("kind", call.kind().name().toLowerCase(Locale.ROOT))
                .put("service", call.service())
                .put("status", call.status())
                .put("outcome", call.outcome())
                .put("cold", call.cold())
                .put("queueMillis", call.queueMillis())
                .put("totalMillis", call.totalMillis());
        call.version().map(VersionId::name).ifPresent(version -> json.put("version", version));
        call.refusal().map(Refusal::reason).ifPresent(reason -> json.put("reason", reason));
        return json;
    }

    private void shutdown(RoutingContext context) {
        events.server(context, Event.Kind.SERVER_STOPPING, "server", "asked to");
        context.response()
                .putHeader("content-type", "application/json; charset=utf-8")
                .putHeader("connection", "close")
                .end(new JsonObject().put("stopping", true).toBuffer())
                .onComplete(sent -> shutdown.run());
    }
}
