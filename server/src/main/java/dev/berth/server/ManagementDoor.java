package dev.berth.server;

import dev.berth.core.Problem;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The management door: health for everybody, {@code /api/v1} for who holds the token. */
final class ManagementDoor implements AutoCloseable {
    private static final String BEARER = "Bearer ";

    private final HttpServer server;
    private final Blocking blocking;
    private final List<String> routes;

    private ManagementDoor(HttpServer server, Blocking blocking, List<String> routes) {
        this.server = server;
        this.blocking = blocking;
        this.routes = routes;
    }

    /** A group of routes below {@code /api/v1}. */
    interface Routes {
        void addTo(Router router, Blocking blocking);

        /** What this group has outside {@code /api/v1}; {@code token} lets pass only who holds it. */
        default void addOutside(Router root, Blocking blocking, Handler<RoutingContext> token) {}
    }

    static Future<ManagementDoor> open(
            Vertx vertx,
            ServerConfig.Management config,
            String token,
            BooleanSupplier ready,
            List<? extends Routes> routes) {
        Blocking blocking = new Blocking();
        Router api = Router.router(vertx);
        api.route().handler(context -> authenticate(context, token)); // before any of the body is read
        routes.forEach(group -> group.addTo(api, blocking));
        Router root = Router.router(vertx);
        root.get("/healthz").handler(context -> context.end("ok\n"));
        root.get("/api/v1/openapi.json").handler(blocking.route(OpenApiDocument::answer));
        root.get("/readyz").handler(context -> ready(context, ready.getAsBoolean()));
        routes.forEach(group -> group.addOutside(root, blocking, context -> authenticate(context, token)));
        root.route("/api/v1/*").subRouter(api);
        root.errorHandler(404, context -> refuse(context, 404, noRoute(context)));
        root.errorHandler(405, context -> refuse(context, 405, noMethod(context)));
        root.errorHandler(400, context -> refuse(context, 400, malformed(context)));
        root.errorHandler(500, context -> refuse(context, 500, Blocking.defect(context, context.failure())));
        HttpServerOptions options =
                new HttpServerOptions().setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(true);
        return vertx.createHttpServer(options)
                .requestHandler(root)
                .listen(config.port(), Bindings.address("management", config.host()))
                .map(server -> new ManagementDoor(server, blocking, routes(root, api)))
                .recover(failure -> Future.failedFuture(TakenPort.explain("management", config.port(), failure)));
    }

    private static List<String> routes(Router root, Router api) {
        return Stream.concat(
                        root.getRoutes().stream().flatMap(route -> names(route, "")),
                        api.getRoutes().stream().flatMap(route -> names(route, "/api/v1")))
                .toList();
    }

    private static Stream<String> names(Route route, String base) {
        return route.methods() == null
                ? Stream.of()
                : route.methods().stream().map(method -> method + " " + base + route.getPath());
    }

    /** Such as {@code GET /api/v1/environments/:env/services}. */
    List<String> routes() {
        return routes;
    }

    int port() {
        return server.actualPort();
    }

    /** Hears nobody new, then ends what is under way. Blocks. */
    @Override
    public void close() {
        Future<Void> closed = server.close();
        blocking.close();
        closed.await();
    }

    private static void authenticate(RoutingContext context, String token) {
        String header = context.request().getHeader("authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            refuseToken(context, "TOKEN_MISSING", "no Authorization: Bearer <token>");
        } else if (!MessageDigest.isEqual(bytes(header.substring(BEARER.length())), bytes(token))) {
            refuseToken(context, "TOKEN_INVALID", "the token is not this server's");
        } else {
            context.next();
        }
    }

    private static void refuseToken(RoutingContext context, String code, String message) {
        refuse(context, 401, new Problem(code, "server", message, "Read it from the file token in the data folder."));
    }

    private static void refuse(RoutingContext context, int status, Problem problem) {
        ErrorAnswer.send(context, status, problem);
        LeftoverBody.drop(context.vertx(), context.request());
    }

    private static void ready(RoutingContext context, boolean ready) {
        context.response().setStatusCode(ready ? 200 : 503);
        context.end(ready ? "ok\n" : "starting\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Problem noRoute(RoutingContext context) {
        return new Problem(
                "ROUTE_UNKNOWN",
                "server",
                context.request().method() + " " + context.request().path() + " is not in the management API",
                "Compare with GET /api/v1/openapi.json, or docs/management-api.yaml.");
    }

    private static Problem noMethod(RoutingContext context) {
        return new Problem(
                "METHOD_NOT_ALLOWED",
                "server",
                context.request().method() + " is not possible at "
                        + context.request().path(),
                "Compare with GET /api/v1/openapi.json, or docs/management-api.yaml.");
    }

    private static Problem malformed(RoutingContext context) {
        return RequestQuery.invalid("path: " + context.request().path() + " (expected: percent-encoded UTF-8)")
                .problem();
    }
}
