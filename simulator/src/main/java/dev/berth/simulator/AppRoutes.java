package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Apps, and how often each asked for a token. */
final class AppRoutes implements ControlRoutes {
    private final World world;

    AppRoutes(World world) {
        this.world = world;
    }

    @Override
    public void mount(ControlRouter router) {
        router.get("apps", call -> list());
        router.get("apps/:appid", this::show);
        router.put("apps/:appid", this::put);
        router.get("apps/:appid/token-requests", this::tokenRequests);
    }

    private Future<JsonObject> list() {
        return world.database().inTransaction(handle -> {
            List<JsonObject> apps =
                    Apps.all(handle).stream().map(ControlAnswer::app).toList();
            return new JsonObject().put("apps", ControlAnswer.array(apps));
        });
    }

    private Future<JsonObject> show(RoutingContext call) {
        String appid = call.pathParam("appid");
        return world.database().inTransaction(handle -> ControlAnswer.app(Apps.get(handle, appid)));
    }

    private Future<JsonObject> put(RoutingContext call) {
        ControlJson body = ControlJson.read(call, Set.of("secret", "kind", "unionid"));
        AppKind kind = body.optional("kind").map(AppRoutes::kind).orElse(AppKind.MINI_PROGRAM);
        App app = ControlJson.valid(
                () -> new App(call.pathParam("appid"), body.required("secret"), kind, body.flag("unionid", true)));
        return world.database().inTransaction(handle -> {
            Apps.put(handle, app);
            return ControlAnswer.app(app);
        });
    }

    private Future<JsonObject> tokenRequests(RoutingContext call) {
        String appid = call.pathParam("appid");
        return world.database().inTransaction(handle -> TokenRequests.json(handle, Apps.get(handle, appid)));
    }

    private static AppKind kind(String name) {
        return Arrays.stream(AppKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "kind: \"%s\" (expected: one of %s)".formatted(name, Arrays.toString(AppKind.values()))));
    }
}
