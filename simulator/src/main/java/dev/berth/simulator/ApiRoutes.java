package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The open APIs that answer here, by the names that faults, quotas and the journal know. */
final class ApiRoutes implements ControlRoutes {
    private final JsonObject apis = new JsonObject().put("apis", list());

    @Override
    public void mount(ControlRouter router) {
        router.get("apis", call -> Future.succeededFuture(apis));
    }

    private static JsonArray list() {
        JsonArray list = new JsonArray();
        Catalogue.APIS.forEach(api -> list.add(new JsonObject()
                .put("name", api.name())
                .put("method", api.method())
                .put("path", api.path())));
        return list;
    }
}
