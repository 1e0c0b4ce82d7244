package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** The daily quotas of apps. */
final class QuotaRoutes implements ControlRoutes {
    private final World world;

    QuotaRoutes(World world) {
        this.world = world;
    }

    @Override
    public void mount(ControlRouter router) {
        router.get("quotas", call -> Future.succeededFuture(shown()));
        router.put("quotas", this::limit);
        router.delete("quotas", call -> reset());
    }

    private Future<JsonObject> limit(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("app", "api", "limit"));
        Optional<String> app = body.optional("app");
        Quotas.Scope scope = new Quotas.Scope(app, body.optional("api").map(ApiName::path));
        long limit = body.integer("limit")
                .filter(calls -> calls >= 0)
                .orElseThrow(() -> Refusal.invalid("limit: missing or negative (expected: calls a day, 0 or more)"));
        return world.database().inTransaction(handle -> {
            app.ifPresent(appid -> Apps.get(handle, appid));
            world.quotas().limit(scope, limit);
            return shown();
        });
    }

    private Future<?> reset() {
        world.quotas().reset();
        return Future.succeededFuture();
    }

    private JsonObject shown() {
        JsonArray limits = new JsonArray();
        world.quotas().limits().entrySet().stream()
                .map(limit -> limit(limit.getKey()).put("limit", limit.getValue()))
                .sorted(Comparator.comparing(JsonObject::encode))
                .forEach(limits::add);
        JsonArray used = new JsonArray();
        world.quotas()
                .standings(world.clock().instant())
                .forEach(standing -> used.add(new JsonObject()
                        .put("app", standing.appid())
                        .put("api", standing.path())
                        .put("used", standing.used())
                        .put("limit", standing.limit())));
        return new JsonObject()
                .put("defaultLimit", Quotas.DEFAULT_LIMIT)
                .put("limits", limits)
                .put("used", used);
    }

    private static JsonObject limit(Quotas.Scope scope) {
        JsonObject json = new JsonObject();
        scope.appid().ifPresent(appid -> json.put("app", appid));
        scope.path().ifPresent(path -> json.put("api", path));
        return json;
    }
}
