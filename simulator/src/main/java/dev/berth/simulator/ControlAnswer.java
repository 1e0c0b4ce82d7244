package dev.berth.simulator;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** What the control API answers. */
final class ControlAnswer {
    private ControlAnswer() {}

    static void send(RoutingContext call, int status, JsonObject body) {
        call.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toBuffer());
    }

    static JsonObject user(User user, List<App> apps) {
        JsonObject openids = new JsonObject();
        apps.forEach(app -> openids.put(app.appid(), Identity.openid(app.appid(), user.name())));
        JsonObject json = new JsonObject().put("name", user.name());
        user.nickname().ifPresent(nickname -> json.put("nickname", nickname));
        user.phone().ifPresent(phone -> json.put("phone", phone));
        return json.put("unionid", Identity.unionid(user.name())).put("openids", openids);
    }

    /** Without the secret: what reads apps has no use for it. */
    static JsonObject app(App app) {
        return new JsonObject()
                .put("appid", app.appid())
                .put("kind", app.kind().name())
                .put("unionid", app.unionid());
    }

    static JsonArray array(List<JsonObject> items) {
        return new JsonArray(items);
    }
}
