package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a mini program has on WeChat: its published pages, its message templates, and where its codes lead. */
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
        router.get("scan", this::scan);
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
            return new JsonObject().put("templates", ControlAnswer.array(templates));
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

    private Future<JsonObject> scan(RoutingContext call) {
        String text = Objects.requireNonNullElse(call.queryParams().get("text"), "");
        Instant now = world.clock().instant();
        return world.database()
                .inTransaction(handle -> Links.find(handle, text).orElseThrow(() -> Refusal.unknownLink(text)))
                .map(link -> json(link, now));
    }

    private static JsonObject json(Link link, Instant now) {
        JsonObject json = new JsonObject()
                .put("kind", link.kind().name())
                .put("app", link.appid())
                .put("path", link.path())
                .put("query", link.query())
                .put("envVersion", link.envVersion())
                .put("expired", link.expired(now));
        link.expiresAt().ifPresent(end -> json.put("expiresAt", end));
        return json;
    }
}
