package dev.berth.server;

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
        calls.latest(limit, wanted(context)).forEach(entry -> latest.add(OpenApiCallJson.of(entry)));
        Blocking.answer(context, new JsonObject().put("calls", latest));
    }

    private static Predicate<OpenApiCalls.Entry> wanted(RoutingContext context) {
        int after = RequestQuery.number(context, "after", 0, 0, 999_999_999);
        Optional<String> environment = RequestQuery.text(context, "env");
        Optional<String> service = RequestQuery.text(context, "service");
        return entry -> entry.id() > after
                && (environment.isEmpty()
                        || OpenApiCallJson.environment(entry.call().asker()).equals(environment))
                && (service.isEmpty()
                        || OpenApiCallJson.service(entry.call().asker()).equals(service));
    }
}
