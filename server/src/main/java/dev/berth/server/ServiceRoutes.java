package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.DirectorySource;
import dev.berth.core.Version;
import dev.berth.hosting.DeployRequest;
import dev.berth.hosting.Deployed;
import dev.berth.hosting.Hosting;
import dev.berth.hosting.ServiceStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** Services: their list, deployments and end. */
final class ServiceRoutes implements ManagementDoor.Routes {
    private final RequestPath path;
    private final Hosting hosting;

    ServiceRoutes(DirectorySource directory, Hosting hosting) {
        this.path = new RequestPath(directory);
        this.hosting = hosting;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/environments/:env/services").handler(blocking.route(this::list));
        router.post("/environments/:env/services/:name/versions").handler(blocking.withBody(this::deploy));
        router.delete("/environments/:env/services/:name").handler(blocking.route(this::remove));
    }

    private void list(RoutingContext context) {
        JsonArray services = new JsonArray();
        hosting.status(path.environment(context)).forEach(status -> services.add(json(status)));
        Blocking.answer(context, new JsonObject().put("services", services));
    }

    private static JsonObject json(ServiceStatus status) {
        JsonArray access = new JsonArray();
        status.service().access().stream().sorted().forEach(kind -> access.add(kind.name()));
        JsonObject json = new JsonObject()
                .put("name", status.service().name())
                .put(
                        "version",
                        status.version().map(version -> version.id().name()).orElse(""))
                .put("state", status.state().name().toLowerCase(Locale.ROOT))
                .put("instances", status.instances())
                .put("inFlight", status.inFlight())
                .put(
                        "launch",
                        status.version().map(version -> version.launch().line()).orElse(""))
                .put("access", access);
        status.lastFailure().ifPresent(failure -> json.put("lastFailure", failure));
        return json;
    }

    private void deploy(RoutingContext context, RequestStream tar) {
        path.environment(context);
        var request = Deployment.read(context, tar);
        ResponseLines lines = new ResponseLines(context.response(), "application/x-ndjson");
        lines.write(outcome(context, request, lines).encode());
        lines.end();
    }

    private JsonObject outcome(RoutingContext context, DeployRequest request, ResponseLines lines) {
        try {
            Deployed deployed = hosting.deploy(
                    request,
                    sentence -> lines.write(
                            new JsonObject().put("progress", sentence).encode()));
            return new JsonObject().put("deployed", json(deployed));
        } catch (BerthException e) {
            return ErrorAnswer.json(context, e.problem());
        } catch (RuntimeException e) {
            return ErrorAnswer.json(context, Blocking.defect(context, e));
        }
    }

    private static JsonObject json(Deployed deployed) {
        Version version = deployed.version();
        return new JsonObject()
                .put("service", version.id().service())
                .put("version", version.id().name())
                .put("changed", deployed.changed())
                .put("launch", version.launch().line())
                .put("origin", version.launch().origin());
    }

    private void remove(RoutingContext context) {
        String environment = path.environment(context);
        String name = path.service(context);
        hosting.remove(environment, name);
        Blocking.answer(context, new JsonObject().put("removed", name));
    }
}
