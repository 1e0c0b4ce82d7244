package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.Event;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.Problem;
import dev.berth.functions.DeployedFunction;
import dev.berth.functions.FunctionDeployment;
import dev.berth.functions.Functions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Functions and their versions: how they stand, deployments, the way back, and their end. */
final class FunctionRoutes implements ManagementDoor.Routes {
    private static final int LARGEST_MEMORY = 1 << 20;

    private final FunctionPath path;
    private final Functions functions;
    private final OperatorEvents events;

    FunctionRoutes(FunctionPath path, Functions functions, OperatorEvents events) {
        this.path = path;
        this.functions = functions;
        this.events = events;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        String one = "/environments/:env/functions/:name";
        router.get("/environments/:env/functions").handler(blocking.route(this::list));
        router.get(one).handler(blocking.route(context -> Blocking.answer(context, json(path.live(context)))));
        router.delete(one).handler(blocking.route(this::remove));
        router.get(one + "/hosts").handler(blocking.route(this::hosts));
        router.get(one + "/versions").handler(blocking.route(this::versions));
        router.post(one + "/versions").handler(blocking.withBody(this::deploy));
        router.delete(one + "/versions/:version").handler(blocking.route(this::removeVersion));
        router.post(one + "/rollback").handler(blocking.withBody(this::rollback));
    }

    private void list(RoutingContext context) {
        JsonArray all = new JsonArray();
        path.directory()
                .current()
                .environment(new RequestPath(path.directory()).environment(context))
                .ifPresent(entry -> entry.functions().values().stream()
                        .map(FunctionEntry::live)
                        .sorted(Comparator.comparing(
                                live -> live.id().function().name()))
                        .forEach(live -> all.add(json(live))));
        Blocking.answer(context, new JsonObject().put("functions", all));
    }

    private JsonObject json(FunctionVersion live) {
        FunctionId function = live.id().function();
        JsonObject json = FunctionJson.of(live, functions.hosts(function));
        long lost = functions.log(function).lost();
        return lost == 0 ? json : json.put("lostLogLines", lost);
    }

    private void hosts(RoutingContext context) {
        JsonArray hosts = new JsonArray();
        functions.hostList(path.known(context)).forEach(host -> hosts.add(FunctionJson.of(host)));
        Blocking.answer(context, new JsonObject().put("hosts", hosts));
    }

    private void versions(RoutingContext context) {
        FunctionVersion live = path.live(context);
        JsonArray versions = new JsonArray();
        functions
                .versions(live.id().function())
                .forEach(version ->
                        versions.add(FunctionJson.version(version, version.id().equals(live.id()))));
        Blocking.answer(context, new JsonObject().put("versions", versions));
    }

    private void deploy(RoutingContext context, RequestStream tar) {
        int memory = RequestQuery.number(context, "memory", 0, 1, LARGEST_MEMORY);
        FunctionDeployment request = new FunctionDeployment(
                path.id(context),
                tar,
                RequestQuery.time(context, "timeout"),
                memory == 0 ? OptionalInt.empty() : OptionalInt.of(memory),
                RequestQuery.pairs(context, "env"),
                RequestQuery.text(context, "install").map(given -> RequestQuery.flag(context, "install", true)));
        ResponseLines lines = new ResponseLines(context.response(), "application/x-ndjson");
        lines.write(outcome(context, request, lines).encode());
        lines.end();
    }

    private JsonObject outcome(RoutingContext context, FunctionDeployment request, ResponseLines lines) {
        Consumer<String> progress = sentence ->
                lines.write(new JsonObject().put("progress", sentence).encode());
        try {
            DeployedFunction deployed = functions.deploy(request, progress);
            if (deployed.changed()) {
                String version = deployed.version().id().name();
                events.service(context, Event.Kind.FUNCTION_DEPLOYED, version, "live");
            }
            return new JsonObject().put("deployed", FunctionJson.of(deployed));
        } catch (BerthException e) {
            return failed(context, e.problem());
        } catch (RuntimeException e) {
            return failed(context, Blocking.defect(context, e));
        }
    }

    private JsonObject failed(RoutingContext context, Problem problem) {
        events.service(
                context,
                Event.Kind.FUNCTION_DEPLOYMENT_FAILED,
                context.pathParam("name"),
                problem.code() + ": " + problem.message());
        return ErrorAnswer.json(context, problem);
    }

    private void rollback(RoutingContext context, RequestStream body) throws IOException {
        FunctionId function = path.known(context);
        Optional<String> version = RequestJson.read(body, List.of("version")).optional("version");
        String live = functions.rollback(function, version).id().name();
        events.service(context, Event.Kind.FUNCTION_ROLLED_BACK, live, "live again");
        Blocking.answer(
                context, new JsonObject().put("function", function.name()).put("version", live));
    }

    private void removeVersion(RoutingContext context) {
        FunctionId function = path.known(context);
        String name = context.pathParam("version");
        FunctionVersionId version = FunctionVersionId.named(function, name)
                .orElseThrow(() -> new BerthException(new Problem(
                        "VERSION_UNKNOWN",
                        "server",
                        "version: %s (expected: such as %s-001)".formatted(name, function.name()),
                        "See what there is with: berth versions " + function.name())));
        functions.removeVersion(version);
        events.service(context, Event.Kind.FUNCTION_VERSION_REMOVED, name, "with its files");
        Blocking.answer(context, new JsonObject().put("removed", name));
    }

    private void remove(RoutingContext context) {
        FunctionId function = path.known(context);
        functions.remove(function);
        events.service(context, Event.Kind.FUNCTION_REMOVED, function.name(), "with all its versions, files and logs");
        Blocking.answer(context, new JsonObject().put("removed", function.name()));
    }
}
