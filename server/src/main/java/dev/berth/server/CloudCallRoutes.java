package dev.berth.server;

import static java.util.Objects.requireNonNull;

import dev.berth.core.CloudCall;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Event;
import dev.berth.core.Registry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** What the services of an environment may ask of WeChat (OA-3, OA-4). A change holds when it is answered. */
final class CloudCallRoutes implements ManagementDoor.Routes {
    private final RequestPath path;
    private final Registry registry;
    private final OperatorEvents events;

    CloudCallRoutes(DirectorySource directory, Registry registry, OperatorEvents events) {
        this.path = new RequestPath(directory);
        this.registry = registry;
        this.events = events;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/environments/:env/cloud-call").handler(blocking.route(this::show));
        router.put("/environments/:env/cloud-call").handler(blocking.withBody(this::replace));
        router.put("/environments/:env/cloud-call/paths").handler(blocking.withBody(this::add));
        router.delete("/environments/:env/cloud-call/paths").handler(blocking.withBody(this::remove));
    }

    private void show(RoutingContext context) {
        EnvironmentEntry entry = path.directory()
                .current()
                .environment(path.environment(context))
                .orElseThrow();
        Blocking.answer(context, json(entry.cloudCall()));
    }

    private void replace(RoutingContext context, RequestStream body) throws IOException {
        String environment = path.environment(context);
        RequestJson json = RequestJson.read(body, List.of("on", "tokens", "paths"));
        Optional<Boolean> on = json.flag("on");
        Optional<Boolean> tokens = json.flag("tokens");
        Optional<List<String>> paths = json.texts("paths");
        if (on.isEmpty() && tokens.isEmpty() && paths.isEmpty()) {
            throw RequestQuery.invalid("body: nothing to change (expected one or more of: on, tokens, paths)");
        }
        CloudCallChange change = change(
                context,
                environment,
                present -> CloudCall.of(
                        on.orElse(present.on()),
                        tokens.orElse(present.tokens()),
                        paths.<Set<String>>map(TreeSet::new).orElse(present.paths())));
        Blocking.answer(context, json(change.after()));
    }

    private void add(RoutingContext context, RequestStream body) throws IOException {
        changePaths(context, body, (paths, named) -> paths.addAll(named));
    }

    private void remove(RoutingContext context, RequestStream body) throws IOException {
        changePaths(context, body, (paths, named) -> paths.removeAll(named));
    }

    private void changePaths(
            RoutingContext context, RequestStream body, BiConsumer<NavigableSet<String>, Set<String>> step)
            throws IOException {
        String environment = path.environment(context);
        Set<String> named = RequestJson.read(body, List.of("paths"))
                .texts("paths")
                .filter(paths -> !paths.isEmpty())
                .map(TreeSet::new)
                .orElseThrow(() -> RequestQuery.invalid("paths: none (expected: such as [\"/wxa/msg_sec_check\"])"));
        CloudCall.of(true, false, named); // refuses rubbish, also where it is to be removed
        CloudCallChange change = change(context, environment, present -> {
            NavigableSet<String> paths = new TreeSet<>(present.paths());
            step.accept(paths, named);
            return present.withPaths(paths);
        });
        JsonArray changed = new JsonArray();
        change.added().forEach(changed::add);
        change.removed().forEach(changed::add);
        Blocking.answer(context, json(change.after()).put("changed", changed));
    }

    private CloudCallChange change(RoutingContext context, String environment, UnaryOperator<CloudCall> wanted) {
        AtomicReference<CloudCall> before = new AtomicReference<>(CloudCall.DEFAULT);
        CloudCall after = registry.changeCloudCall(environment, present -> {
            before.set(present);
            return wanted.apply(present);
        });
        CloudCallChange change = new CloudCallChange(requireNonNull(before.get(), "before is null"), after);
        if (!change.isNone()) {
            events.environment(context, Event.Kind.CLOUD_CALL_CHANGED, environment, change.toString());
        }
        return change;
    }

    private static JsonObject json(CloudCall settings) {
        return new JsonObject()
                .put("on", settings.on())
                .put("tokens", settings.tokens())
                .put("paths", new JsonArray(List.copyOf(settings.paths())));
    }
}
