package dev.berth.server;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Environment;
import dev.berth.core.Event;
import dev.berth.core.Registry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Apps, their environments, and what they share. */
final class AppRoutes implements ManagementDoor.Routes {
    private final DirectorySource directory;
    private final Registry registry;
    private final Optional<SimulatedWeChat> simulator;
    private final OperatorEvents events;

    AppRoutes(
            DirectorySource directory, Registry registry, Optional<SimulatedWeChat> simulator, OperatorEvents events) {
        this.directory = directory;
        this.registry = registry;
        this.simulator = simulator;
        this.events = events;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/apps").handler(blocking.route(this::list));
        router.put("/apps/:app").handler(blocking.withBody(this::put));
        router.get("/environments").handler(blocking.route(this::listEnvironments));
        router.put("/environments/:env").handler(blocking.withBody(this::putEnvironment));
        router.put("/environments/:env/grants/:app").handler(blocking.route(this::grant));
        router.delete("/environments/:env/grants/:app").handler(blocking.route(this::withdraw));
    }

    private void list(RoutingContext context) {
        JsonArray apps = new JsonArray();
        directory.current().apps().values().stream()
                .sorted(Comparator.comparing(App::id))
                .forEach(app -> apps.add(json(app)));
        Blocking.answer(context, new JsonObject().put("apps", apps));
    }

    private void put(RoutingContext context, RequestStream body) throws IOException, InterruptedException {
        RequestJson json = RequestJson.read(body, List.of("secret", "kind"));
        App app = new App(
                context.pathParam("app"),
                json.optional("kind").map(AppRoutes::kind).orElse(AppKind.MINI_PROGRAM));
        String secret = json.required("secret");
        if (simulator.isPresent()) {
            simulator.get().putApp(app, secret);
        }
        registry.putApp(app, secret);
        events.server(context, Event.Kind.APP_PUT, app.id(), app.kind().name());
        Blocking.answer(context, json(app));
    }

    private static AppKind kind(String name) {
        return Stream.of(AppKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        RequestQuery.invalid("kind: %s (expected: MINI_PROGRAM or OFFICIAL_ACCOUNT)".formatted(name)));
    }

    private void listEnvironments(RoutingContext context) {
        JsonArray environments = new JsonArray();
        directory.current().environments().values().stream()
                .sorted(Comparator.comparing(entry -> entry.environment().id()))
                .forEach(entry -> environments.add(json(entry)));
        Blocking.answer(context, new JsonObject().put("environments", environments));
    }

    private static JsonObject json(EnvironmentEntry entry) {
        JsonArray grants = new JsonArray();
        entry.grants().stream().sorted().forEach(grants::add);
        return new JsonObject()
                .put("id", entry.environment().id())
                .put("app", entry.environment().appId())
                .put("grants", grants)
                .put("services", entry.services().size());
    }

    private void putEnvironment(RoutingContext context, RequestStream body) throws IOException {
        RequestJson json = RequestJson.read(body, List.of("app"));
        Environment environment = new Environment(context.pathParam("env"), json.required("app"));
        registry.putEnvironment(environment);
        events.environment(context, Event.Kind.ENVIRONMENT_PUT, environment.id(), "of app " + environment.appId());
        Blocking.answer(context, new JsonObject().put("id", environment.id()).put("app", environment.appId()));
    }

    private void grant(RoutingContext context) {
        registry.grant(context.pathParam("env"), context.pathParam("app"));
        events.environment(context, Event.Kind.GRANT_ADDED, context.pathParam("app"), "may call this environment");
        Blocking.answer(context, grantJson(context));
    }

    private void withdraw(RoutingContext context) {
        registry.withdraw(context.pathParam("env"), context.pathParam("app"));
        events.environment(
                context, Event.Kind.GRANT_WITHDRAWN, context.pathParam("app"), "may no longer call this environment");
        Blocking.answer(context, grantJson(context));
    }

    private static JsonObject grantJson(RoutingContext context) {
        return new JsonObject().put("env", context.pathParam("env")).put("app", context.pathParam("app"));
    }

    private static JsonObject json(App app) {
        return new JsonObject().put("id", app.id()).put("kind", app.kind().name());
    }
}
