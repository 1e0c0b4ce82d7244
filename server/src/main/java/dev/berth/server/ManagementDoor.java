package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** The management door: health for everybody, {@code /api/v1} for who holds the token. */
final class ManagementDoor {
    private static final String BEARER = "Bearer ";

    private final HttpServer server;
    private final Blocking blocking;

    private ManagementDoor(HttpServer server, Blocking blocking) {
        this.server = server;
        this.blocking = blocking;
    }

    /** A group of routes below {@code /api/v1}. */
    interface Routes {
        void addTo(Router router, Blocking blocking);
    }

    static Future<ManagementDoor> open(
            Vertx vertx, ServerConfig.Management config, String token, List<? extends Routes> routes) {
        Blocking blocking = new Blocking();
        Router api = Router.router(vertx);
        api.route().handler(context -> authenticate(context, token));
        routes.forEach(group -> group.addTo(api, blocking));
        Router root = Router.router(vertx);
        root.get("/healthz").handler(context -> context.end("ok\n"));
        root.get("/readyz").handler(context -> context.end("ok\n"));
        root.route("/api/v1/*").subRouter(api);
        root.errorHandler(404, context -> Blocking.refuse(context, 404, noRoute(context)));
        return vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(root)
                .listen(config.port(), config.host())
                .map(server -> new ManagementDoor(server, blocking))
                .recover(failure -> Future.failedFuture(explain(config, failure)));
    }

    int port() {
        return server.actualPort();
    }

    Future<Void> close() {
        blocking.close();
        return server.close();
    }

    private static void authenticate(RoutingContext context, String token) {
        String header = context.request().getHeader("authorization");
        if (header == null || !header.startsWith(BEARER)) {
            refuseToken(context, "TOKEN_MISSING", "no Authorization: Bearer <token>");
        } else if (!MessageDigest.isEqual(bytes(header.substring(BEARER.length())), bytes(token))) {
            refuseToken(context, "TOKEN_INVALID", "the token is not this server's");
        } else {
            context.next();
        }
    }

    private static void refuseToken(RoutingContext context, String code, String message) {
        Blocking.refuse(
                context, 401, new Problem(code, "server", message, "Read it from the file token in the data folder."));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Problem noRoute(RoutingContext context) {
        return new Problem(
                "ROUTE_UNKNOWN",
                "server",
                context.request().method() + " " + context.request().path() + " is not in the management API",
                "Compare with docs/management-api.md.");
    }

    private static Throwable explain(ServerConfig.Management config, Throwable failure) {
        if (!(failure instanceof BindException)) {
            return failure;
        }
        return new BerthException(
                new Problem(
                        "PORT_TAKEN",
                        "server",
                        "management port: %d is in use by another program".formatted(config.port()),
                        "Stop that program, or choose another port: BERTH_MANAGEMENT_PORT=7181"),
                failure);
    }
}
