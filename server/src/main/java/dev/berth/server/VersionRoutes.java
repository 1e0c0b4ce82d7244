package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.DirectorySource;
import dev.berth.core.Event;
import dev.berth.core.Problem;
import dev.berth.core.VersionId;
import dev.berth.hosting.DeployRequest;
import dev.berth.hosting.Deployed;
import dev.berth.hosting.Hosting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The versions of a service: their list, deployments, and the end of one. */
final class VersionRoutes implements ManagementDoor.Routes {
    private final RequestPath path;
    private final Hosting hosting;
    private final OperatorEvents events;

    VersionRoutes(DirectorySource directory, Hosting hosting, OperatorEvents events) {
        this.path = new RequestPath(directory);
        this.hosting = hosting;
        this.events = events;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/environments/:env/services/:name/versions").handler(blocking.route(this::list));
        router.post("/environments/:env/services/:name/versions").handler(blocking.withBody(this::deploy));
        router.delete("/environments/:env/services/:name/versions/:version").handler(blocking.route(this::remove));
    }

    private void list(RoutingContext context) {
        JsonArray versions = new JsonArray();
        hosting.versions(path.environment(context), path.service(context))
                .forEach(version -> versions.add(ServiceJson.of(version)));
        Blocking.answer(context, new JsonObject().put("versions", versions));
    }

    private void deploy(RoutingContext context, RequestStream tar) {
        path.environment(context);
        DeployRequest request = Deployment.read(context, tar);
        OptionalInt weight = Deployment.grayWeight(context);
        ResponseLines lines = new ResponseLines(context.response(), "application/x-ndjson");
        lines.write(outcome(context, request, weight, lines).encode());
        lines.end();
    }

    private JsonObject outcome(RoutingContext context, DeployRequest request, OptionalInt weight, ResponseLines lines) {
        Consumer<String> progress = sentence ->
                lines.write(new JsonObject().put("progress", sentence).encode());
        try {
            Deployed deployed = weight.isPresent()
                    ? hosting.deployGray(request, weight.getAsInt(), progress)
                    : hosting.deploy(request, progress);
            if (deployed.changed()) {
                events.service(
                        context,
                        Event.Kind.VERSION_DEPLOYED,
                        deployed.version().id().name(),
                        weight.isPresent() ? "gray, %d %% of the traffic".formatted(weight.getAsInt()) : "all traffic");
            }
            return new JsonObject().put("deployed", ServiceJson.of(deployed));
        } catch (BerthException e) {
            return failed(context, request, e.problem());
        } catch (RuntimeException e) {
            return failed(context, request, Blocking.defect(context, e));
        }
    }

    private JsonObject failed(RoutingContext context, DeployRequest request, Problem problem) {
        events.service(
                context, Event.Kind.DEPLOYMENT_FAILED, request.service(), problem.code() + ": " + problem.message());
        return ErrorAnswer.json(context, problem);
    }

    private void remove(RoutingContext context) {
        String environment = path.environment(context);
        String service = path.service(context);
        String name = context.pathParam("version");
        VersionId version = VersionId.named(environment, service, name)
                .orElseThrow(() -> new BerthException(new Problem(
                        "VERSION_UNKNOWN",
                        "server",
                        "version: %s (expected: such as %s-001)".formatted(name, service),
                        "See what there is with: berth versions " + service)));
        hosting.removeVersion(version);
        events.service(context, Event.Kind.VERSION_REMOVED, name, "with its files");
        Blocking.answer(context, new JsonObject().put("removed", name));
    }
}
