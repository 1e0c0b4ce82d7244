package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** What a mini program has on WeChat: its published pages and its message templates. */
final class MiniProgramRoutes implements ControlRoutes {
    private final World world;

    MiniProgramRoutes(World world) {
        this.world = world;
    }

    @Override
    public void mount(ControlRouter router) {
        router.get("apps/:appid/pages", this::pages);
        router.put("apps/:appid/pages", this::putPages);
        router.get("apps/:appid/templates", this::templates);
        router.put("apps/:appid/templates/:template", this::putTemplate);
    }

    private Future<JsonObject> pages(RoutingContext call) {
        String appid = call.pathParam("appid");
        return world.database().inTransaction(handle -> {
            Apps.get(handle, appid);
            return new JsonObject().put("pages", AppPages.of(handle, appid));
        });
    }

    private Future<JsonObject> putPages(RoutingContext call) {
        String appid = call.pathParam("appid");
        List<String> pages = ControlJson.read(call, Set.of("pages")).texts("pages");
        return world.database().inTransaction(handle -> {
            Apps.get(handle, appid);
            AppPages.replace(handle, appid, pages);
            return new JsonObject().put("pages", AppPages.of(handle, appid));
        });
    }

    private Future<JsonObject> templates(RoutingContext call) {
        String appid = call.pathParam("appid");
        return world.database().inTransaction(handle -> {
            Apps.get(handle, appid);
            List<JsonObject> templates =
                    Templates.of(handle, appid).stream().map(Template::json).toList();
            return new JsonObject().put("templates", ControlJson.array(templates));
        });
    }

    private Future<JsonObject> putTemplate(RoutingContext call) {
        String appid = call.pathParam("appid");
        ControlJson body = ControlJson.read(call, Set.of("title", "content", "type"));
        int type = Math.clamp(body.integer("type").orElse((long) Template.ONCE), 0, Integer.MAX_VALUE);
        Template template = ControlJson.valid(
                () -> new Template(call.pathParam("template"), body.required("title"), body.required("content"), type));
        return world.database().inTransaction(handle -> {
            Apps.get(handle, appid);
            Templates.put(handle, appid, template);
            return template.json();
        });
    }
}
