package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.Collection;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * A running simulated WeChat. It serves WeChat's open API at WeChat's paths, to be called with {@link #baseUrl()} in
 * the place of {@code https://api.weixin.qq.com}, and the control API under {@code /__sim__/}.
 *
 * <p>All methods may be called from any thread but an event loop, for they block.
 */
public final class Simulator implements AutoCloseable {
    private static final int MAX_REQUEST_LINE = 16 * 1024;
    private static final int MAX_FORM_ATTRIBUTE = 64 * 1024;

    private final Database database;
    private final HttpServer server;
    private final String host;

    private Simulator(Database database, HttpServer server, String host) {
        this.database = database;
        this.server = server;
        this.host = host;
    }

    /**
     * Starts a simulator on a Vert.x instance, which stays the caller's to close. It has no apps and no users but those
     * in its database.
     *
     * @throws SimulatorException when the database or the port cannot be had; the message says what to do
     */
    public static Simulator start(Vertx vertx, SimulatorOptions options) {
        Database database = Database.open(vertx, options.database());
        try {
            return new Simulator(database, listen(vertx, database, options), options.host());
        } catch (RuntimeException e) {
            await(database.close());
            throw e;
        }
    }

    /**
     * Adds those apps and users that are missing, and leaves those that are there as they are. Once it returns they
     * survive the death of the process.
     */
    public void seed(Collection<App> apps, Collection<User> users) {
        change(handle -> {
            for (App app : apps) {
                if (Apps.find(handle, app.appid()).isEmpty()) {
                    Apps.put(handle, app);
                }
            }
            users.forEach(user -> Users.add(handle, user));
        });
    }

    /**
     * Makes this WeChat agree with a platform that knows these apps: adds those that are missing, and gives the others
     * the platform's secret and kind. A platform that was killed while it told of an app may have told only one side.
     */
    public void introduce(Collection<App> apps) {
        change(handle -> {
            for (App app : apps) {
                boolean unionid =
                        Apps.find(handle, app.appid()).map(App::unionid).orElse(app.unionid());
                Apps.put(handle, new App(app.appid(), app.secret(), app.kind(), unionid));
            }
        });
    }

    private void change(Consumer<Handle> work) {
        try {
            await(database.inTransaction(handle -> {
                work.accept(handle);
                return true;
            }));
        } catch (RuntimeException e) {
            throw database.explain(e);
        }
    }

    /** The port that is bound, also when {@link SimulatorOptions#port()} was 0. */
    public int port() {
        return server.actualPort();
    }

    /** Such as {@code http://127.0.0.1:7083}, with no slash at the end. */
    public String baseUrl() {
        boolean bareIpv6 = host.contains(":") && !host.startsWith("[");
        return "http://%s:%d".formatted(bareIpv6 ? "[" + host + "]" : host, port());
    }

    /** Ends what is under way and closes the database. Closing again does nothing. */
    @Override
    public void close() {
        await(server.close().eventually(database::close));
    }

    private static HttpServer listen(Vertx vertx, Database database, SimulatorOptions options) {
        HttpServerOptions http = new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setHandle100ContinueAutomatically(true)
                .setMaxFormAttributeSize(MAX_FORM_ATTRIBUTE)
                .setHttp2ClearTextEnabled(false); // so that the one name of the server is the Host header
        return await(vertx.createHttpServer(http)
                .requestHandler(routes(vertx, database, options))
                .listen()
                .recover(failure -> Future.failedFuture(cannotListen(options, failure))));
    }

    private static SimulatorException cannotListen(SimulatorOptions options, Throwable failure) {
        return new SimulatorException(
                "The simulator cannot listen on %s:%d: %s. Stop what uses the port, or choose another one (BERTH_SIMULATOR_PORT, --port; 0 takes any free one)."
                        .formatted(options.host(), options.port(), failure.getMessage()),
                failure);
    }

    private static Router routes(Vertx vertx, Database database, SimulatorOptions options) {
        Router router = Router.router(vertx);
        if (Loopback.isLoopback(options.host())) {
            router.route().handler(new Loopback());
        }
        World world = World.of(options, database);
        new ControlApi(world).mount(router);
        new WeChatApi(world).mount(router);
        return router;
    }

    /** Turns the checked exceptions that a future may fail with into one that callers can expect. */
    private static <T> T await(Future<T> future) {
        return future.recover(failure -> Future.failedFuture(unchecked(failure)))
                .await();
    }

    private static Throwable unchecked(Throwable failure) {
        return failure instanceof RuntimeException || failure instanceof Error
                ? failure
                : new SimulatorException("The simulator failed: " + failure.getMessage(), failure);
    }
}
