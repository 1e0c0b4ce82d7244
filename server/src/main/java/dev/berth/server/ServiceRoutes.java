package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.DirectorySource;
import dev.berth.core.Problem;
import dev.berth.core.Version;
import dev.berth.hosting.Deployed;
import dev.berth.hosting.Hosting;
import dev.berth.hosting.ServiceLog;
import dev.berth.hosting.ServiceStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Services: their list, deployments, logs and end. */
final class ServiceRoutes implements ManagementDoor.Routes {
    private static final System.Logger LOG = System.getLogger(ServiceRoutes.class.getName());

    private final DirectorySource directory;
    private final Hosting hosting;

    ServiceRoutes(DirectorySource directory, Hosting hosting) {
        this.directory = directory;
        this.hosting = hosting;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/environments/:env/services").handler(blocking.route(this::list));
        router.post("/environments/:env/services/:name/versions").handler(blocking.route(this::deploy));
        router.delete("/environments/:env/services/:name").handler(blocking.route(this::remove));
        router.get("/environments/:env/services/:name/logs").handler(blocking.route(this::logs));
    }

    private void list(RoutingContext context) {
        String environment = requireEnvironment(context);
        JsonArray services = new JsonArray();
        hosting.status(environment).forEach(status -> services.add(json(status)));
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
                .put("launch", status.version().map(ServiceRoutes::launch).orElse(""))
                .put("access", access);
        status.lastFailure().ifPresent(failure -> json.put("lastFailure", failure));
        return json;
    }

    private void deploy(RoutingContext context) throws Exception {
        requireEnvironment(context);
        try (RequestStream tar = new RequestStream(context.request())) {
            var request = Deployment.read(context, tar);
            ResponseLines lines = new ResponseLines(context.response(), "application/x-ndjson");
            try {
                Deployed deployed = hosting.deploy(
                        request,
                        sentence -> lines.write(
                                new JsonObject().put("progress", sentence).encode()));
                lines.write(new JsonObject().put("deployed", json(deployed)).encode());
            } catch (BerthException e) {
                lines.write(Blocking.errorOf(e.problem()).encode());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Deployment failed", e);
                lines.write(Blocking.errorOf(
                                new Problem("UNEXPECTED", "hosting", String.valueOf(e), "Look into logs/server.log."))
                        .encode());
            }
            lines.end();
        }
    }

    private static JsonObject json(Deployed deployed) {
        Version version = deployed.version();
        return new JsonObject()
                .put("service", version.id().service())
                .put("version", version.id().name())
                .put("changed", deployed.changed())
                .put("launch", launch(version))
                .put("origin", version.launch().origin());
    }

    private static String launch(Version version) {
        var command = version.launch().command();
        boolean shellLine = command.size() == 3
                && command.get(0).equals("sh")
                && command.get(1).equals("-c");
        return shellLine ? command.get(2) : String.join(" ", command);
    }

    private void remove(RoutingContext context) {
        requireEnvironment(context);
        String name = context.pathParam("name");
        hosting.remove(context.pathParam("env"), name);
        Blocking.answer(context, new JsonObject().put("removed", name));
    }

    private void logs(RoutingContext context) throws InterruptedException {
        ServiceLog log = hosting.log(requireEnvironment(context), requireService(context));
        int count = RequestQuery.number(context, "lines", 200, 0, 100_000);
        ResponseLines lines = new ResponseLines(context.response(), "text/plain; charset=utf-8");
        if (context.queryParam("follow").contains("true")) {
            follow(context, log, count, lines);
        } else {
            log.tail(count).forEach(lines::write);
        }
        lines.end();
    }

    private static void follow(RoutingContext context, ServiceLog log, int count, ResponseLines lines)
            throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        context.response().closeHandler(closed -> gone.countDown());
        context.response().writeHead();
        ServiceLog.Following following = log.follow(count, line -> {
            if (!lines.write(line)) {
                gone.countDown();
            }
        });
        try {
            gone.await();
        } finally {
            following.close();
        }
    }

    private String requireEnvironment(RoutingContext context) {
        String id = context.pathParam("env");
        if (directory.current().environment(id).isEmpty()) {
            throw new BerthException(new Problem(
                    "ENV_UNKNOWN",
                    "server",
                    "environment: %s (expected: one of %s)"
                            .formatted(id, directory.current().environments().keySet()),
                    "Name another one with --env, or make it with: berth envs add"));
        }
        return id;
    }

    private String requireService(RoutingContext context) {
        String name = context.pathParam("name");
        var services = directory
                .current()
                .environment(context.pathParam("env"))
                .orElseThrow()
                .services();
        if (!services.containsKey(name)) {
            throw new BerthException(new Problem(
                    "SERVICE_UNKNOWN",
                    "server",
                    "service: %s (expected: one of %s)".formatted(name, services.keySet()),
                    "See what is deployed with: berth services"));
        }
        return name;
    }
}
