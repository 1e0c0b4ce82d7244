package dev.berth.server;

import dev.berth.core.Asker.InstanceAsker;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.VersionId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Predicate;

/** The latest calls toward WeChat, whoever asked. */
final class OpenApiCallRoutes implements ManagementDoor.Routes {
    private final OpenApiCalls calls;

    OpenApiCallRoutes(OpenApiCalls calls) {
        this.calls = calls;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/open-api-calls").handler(blocking.route(this::list));
    }

    private void list(RoutingContext context) {
        int limit = RequestQuery.number(context, "limit", 50, 1, 100_000);
        JsonArray latest = new JsonArray();
        calls.latest(limit, wanted(context)).forEach(entry -> latest.add(json(entry)));
        Blocking.answer(context, new JsonObject().put("calls", latest));
    }

    private static Predicate<OpenApiCalls.Entry> wanted(RoutingContext context) {
        int after = RequestQuery.number(context, "after", 0, 0, 999_999_999);
        Optional<String> environment = RequestQuery.text(context, "env");
        Optional<String> service = RequestQuery.text(context, "service");
        return entry -> entry.id() > after
                && (environment.isEmpty()
                        || version(entry.call()).map(VersionId::environmentId).equals(environment))
                && (service.isEmpty()
                        || version(entry.call()).map(VersionId::service).equals(service));
    }

    private static Optional<VersionId> version(OpenApiRecord call) {
        return call.asker() instanceof InstanceAsker instance ? Optional.of(instance.version()) : Optional.empty();
    }

    private static JsonObject json(OpenApiCalls.Entry entry) {
        OpenApiRecord call = entry.call();
        JsonObject json =
                new JsonObject().put("id", entry.id()).put("at", call.at().toString());
        if (call.asker() instanceof InstanceAsker instance) {
            json.put("asker", instance.instanceId())
                    .put("environment", instance.version().environmentId())
                    .put("service", instance.version().service())
                    .put("version", instance.version().name());
        } else {
            json.put("asker", call.asker().toString());
        }
        json.put("app", call.appId())
                .put("method", call.method())
                .put("path", call.path())
                .put("status", call.status())
                .put("errcode", call.errcode())
                .put("tries", call.tries())
                .put("totalMillis", call.totalMillis());
        call.reason().ifPresent(reason -> json.put("reason", reason));
        return json;
    }
}
