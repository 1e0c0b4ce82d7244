package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** People, and the codes with which they sign in. */
final class UserRoutes implements ControlRoutes {
    private final World world;

    UserRoutes(World world) {
        this.world = world;
    }

    @Override
    public void mount(ControlRouter router) {
        router.post("codes", this::mintCode);
        router.get("users", call -> list());
        router.add("users", this::add);
        router.get("users/:name", this::show);
        router.delete("users/:name", this::remove);
    }

    private Future<JsonObject> mintCode(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("appid", "user"));
        String appid = body.required("appid");
        String user = body.required("user");
        return world.database().inTransaction(handle -> {
            App app = Apps.get(handle, appid);
            String code = Codes.mint(
                    handle, app, Users.get(handle, user), world.clock().instant(), world.chance());
            return new JsonObject().put("code", code).put("expiresIn", Codes.LIFE.toSeconds());
        });
    }

    private Future<JsonObject> list() {
        return world.database().inTransaction(handle -> {
            List<App> apps = Apps.all(handle);
            List<JsonObject> users = Users.all(handle).stream()
                    .map(user -> ControlAnswer.user(user, apps))
                    .toList();
            return new JsonObject().put("users", ControlAnswer.array(users));
        });
    }

    private Future<JsonObject> add(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("name", "nickname", "phone"));
        User user = ControlJson.valid(
                () -> new User(body.required("name"), body.optional("nickname"), body.optional("phone")));
        return world.database().inTransaction(handle -> {
            if (!Users.add(handle, user)) {
                throw Refusal.userExists(user.name());
            }
            return shown(handle, user);
        });
    }

    private Future<JsonObject> show(RoutingContext call) {
        String name = call.pathParam("name");
        return world.database().inTransaction(handle -> shown(handle, Users.get(handle, name)));
    }

    private Future<?> remove(RoutingContext call) {
        String name = call.pathParam("name");
        return world.database().inTransaction(handle -> {
            Users.remove(handle, name);
            return Optional.empty();
        });
    }

    private static JsonObject shown(Handle handle, User user) {
        return ControlAnswer.user(user, Apps.all(handle));
    }
}
