package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Routes under {@code /__sim__/}, with JSON answers. It remembers them, to tell them to who misses one. */
final class ControlRouter {
    static final String ROOT = "/__sim__/";

    /** What a route does: the future's JSON is the answer, what it fails with or the action throws is the refusal. */
    @FunctionalInterface
    interface Action {
        Future<JsonObject> on(RoutingContext call);
    }

    /** As {@link Action}, with nothing to say. */
    @FunctionalInterface
    interface SilentAction {
        Future<?> on(RoutingContext call);
    }

    private final Router router;
    private final Map<String, TreeSet<String>> methodsByPath = new TreeMap<>();

    ControlRouter(Router router) {
        this.router = router;
    }

    void get(String path, Action action) {
        route(HttpMethod.GET, path, 200, action);
    }

    void put(String path, Action action) {
        route(HttpMethod.PUT, path, 200, action);
    }

    /** Answers 201: what was sent is there now. */
    void add(String path, Action action) {
        route(HttpMethod.POST, path, 201, action);
    }

    /** Answers 200. */
    void post(String path, Action action) {
        route(HttpMethod.POST, path, 200, action);
    }

    /** Answers 204, without a body. */
    void delete(String path, SilentAction action) {
        remember(HttpMethod.DELETE, path);
        router.delete(ROOT + path)
                .handler(call -> action.on(call)
                        .onSuccess(done -> call.response().setStatusCode(204).end())
                        .onFailure(call::fail));
    }

    /** To be called last: what is left is refused. */
    void refuseTheRest() {
        methodsByPath
                .keySet()
                .forEach(path -> router.route(ROOT + path)
                        .handler(call -> Refusal.wrongMethod(
                                        call.request().method().name(),
                                        call.request().path(),
                                        shown(path))
                                .answer(call)));
        router.route(ROOT + "*")
                .handler(call ->
                        Refusal.unknownPath(call.request().path(), listing()).answer(call));
    }

    private void route(HttpMethod method, String path, int status, Action action) {
        remember(method, path);
        router.route(method, ROOT + path)
                .handler(call -> action.on(call)
                        .onSuccess(json -> ControlAnswer.send(call, status, json))
                        .onFailure(call::fail));
    }

    private void remember(HttpMethod method, String path) {
        methodsByPath.computeIfAbsent(path, added -> new TreeSet<>()).add(method.name());
    }

    private String listing() {
        return methodsByPath.keySet().stream().map(this::shown).collect(Collectors.joining("; "));
    }

    private String shown(String path) {
        return String.join(", ", methodsByPath.getOrDefault(path, new TreeSet<>())) + " " + ROOT + path;
    }
}
