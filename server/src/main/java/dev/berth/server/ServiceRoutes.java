package dev.berth.server;

import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Event;
import dev.berth.core.Release;
import dev.berth.hosting.Hosting;
import dev.berth.hosting.ServiceStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Services: how they stand, their instances, and their end. */
final class ServiceRoutes implements ManagementDoor.Routes {
    private final RequestPath path;
    private final Hosting hosting;
    private final OperatorEvents events;

    ServiceRoutes(DirectorySource directory, Hosting hosting, OperatorEvents events) {
        this.path = new RequestPath(directory);
        this.hosting = hosting;
        this.events = events;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/environments/:env/services").handler(blocking.route(this::list));
        router.get("/environments/:env/services/:name").handler(blocking.route(this::one));
        router.delete("/environments/:env/services/:name").handler(blocking.route(this::remove));
        router.get("/environments/:env/services/:name/instances").handler(blocking.route(this::instances));
    }

    private void list(RoutingContext context) {
        JsonArray services = new JsonArray();
        String environment = path.environment(context);
        hosting.status(environment).forEach(status -> services.add(json(environment, status)));
        Blocking.answer(context, new JsonObject().put("services", services));
    }

    private void one(RoutingContext context) {
        String environment = path.environment(context);
        String name = path.service(context);
        hosting.status(environment).stream()
                .filter(status -> status.service().name().equals(name))
                .findFirst()
                .ifPresentOrElse(status -> Blocking.answer(context, json(environment, status)), () -> {
                    throw path.serviceUnknown(context); // removed a moment ago
                });
    }

    private JsonObject json(String environment, ServiceStatus status) {
        Release release = path.directory()
                .current()
                .environment(environment)
                .flatMap(entry -> entry.service(status.service().name()))
                .map(ServiceEntry::release)
                .orElse(Release.NONE);
        JsonObject json = ServiceJson.of(status, release);
        long lost = hosting.log(environment, status.service().name()).lost();
        return lost == 0 ? json : json.put("lostLogLines", lost);
    }

    private void instances(RoutingContext context) {
        JsonArray instances = new JsonArray();
        hosting.instances(path.environment(context), path.service(context))
                .forEach(instance -> instances.add(ServiceJson.of(instance)));
        Blocking.answer(context, new JsonObject().put("instances", instances));
    }

    private void remove(RoutingContext context) {
        String environment = path.environment(context);
        String name = path.service(context);
        hosting.remove(environment, name);
        events.service(context, Event.Kind.SERVICE_REMOVED, name, "with all its versions, files and logs");
        Blocking.answer(context, new JsonObject().put("removed", name));
    }
}
