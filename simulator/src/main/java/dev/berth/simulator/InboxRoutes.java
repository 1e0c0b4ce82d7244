package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** What users have been sent. */
final class InboxRoutes implements ControlRoutes {
    private final World world;

    InboxRoutes(World world) {
        this.world = world;
    }

    @Override
    public void mount(ControlRouter router) {
        router.get("users/:name/inbox", this::show);
        router.delete("users/:name/inbox", this::empty);
    }

    private Future<JsonObject> show(RoutingContext call) {
        String name = call.pathParam("name");
        return world.database().inTransaction(handle -> {
            Users.get(handle, name);
            return new JsonObject().put("messages", ControlAnswer.array(Inbox.of(handle, name)));
        });
    }

    private Future<?> empty(RoutingContext call) {
        String name = call.pathParam("name");
        return world.database().inTransaction(handle -> {
            Users.get(handle, name);
            Inbox.empty(handle, name);
            return Optional.empty();
        });
    }
}
