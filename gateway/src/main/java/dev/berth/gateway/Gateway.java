package dev.berth.gateway;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The gateway's door. Thread-safe. */
public final class Gateway {
    private static final int CONNECTIONS_PER_INSTANCE = 512;
    private static final int LONGEST_REQUEST_LINE = 16 * 1024;
    private static final int LONGEST_HEAD = 32 * 1024;

    /** Shorter than the keep-alive of Node (5 s), so that a pooled connection is rarely closed under a call. */
    private static final Duration POOLED_CONNECTION_LIFE = Duration.ofSeconds(4);

    private final Vertx vertx;
    private final String deployment;
    private final Sessions sessions;
    private final int port;

    private Gateway(Vertx vertx, String deployment, Sessions sessions, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.sessions = sessions;
        this.port = port;
    }

    /**
     * Binds the door.
     *
     * @return fails as the transport says it, for example when the port is taken
     */
    public static Future<Gateway> start(Vertx vertx, GatewayOptions options, Collaborators ports) {
        Sessions sessions = new Sessions(vertx, ports, options.sessionLifetime());
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors());
        int[] bound = new int[1];
        return vertx.deployVerticle(
                        () -> new Door(options, ports, sessions, bound), new DeploymentOptions().setInstances(loops))
                .map(deployment -> new Gateway(vertx, deployment, sessions, bound[0]));
    }

    public int port() {
        return port;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Future<Void> close() {
        return vertx.undeploy(deployment).eventually(sessions::close);
    }

    /** One event loop's share of the door. */
    private static final class Door extends AbstractVerticle {
        private final GatewayOptions settings;
        private final Collaborators ports;
        private final Sessions sessions;
        private final int[] bound;

        Door(GatewayOptions settings, Collaborators ports, Sessions sessions, int[] bound) {
            this.settings = settings;
            this.ports = ports;
            this.sessions = sessions;
            this.bound = bound;
        }

        @Override
        public void start(Promise<Void> started) {
            FrontDoor door = new FrontDoor(new Lane(
                    vertx,
                    client(),
                    settings,
                    ports.directory(),
                    sessions,
                    ports.signIn(),
                    ports.activator(),
                    ports.recorder(),
                    ports.clock()));
            HttpServerOptions options = serverOptions();
            vertx.createHttpServer(options)
                    .connectionHandler(connection -> ServerPipeline.makeStrict(connection, options))
                    .requestHandler(door::handle)
                    .invalidRequestHandler(door::refuseUnreadable)
                    .exceptionHandler(failure -> {})
                    .listen(settings.port(), settings.host())
                    .onSuccess(this::remember)
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private synchronized void remember(HttpServer server) {
            bound[0] = server.actualPort();
        }

        private HttpClient client() {
            HttpClientOptions client = new HttpClientOptions()
                    .setKeepAliveTimeout((int) POOLED_CONNECTION_LIFE.toSeconds())
                    .setConnectTimeout(5_000)
                    .setMaxHeaderSize(LONGEST_HEAD)
                    .setDecompressionSupported(false)
                    .setHttp2ClearTextUpgrade(false);
            return vertx.createHttpClient(client, new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_INSTANCE));
        }

        private static HttpServerOptions serverOptions() {
            return new HttpServerOptions()
                    .setStrictThreadMode(true)
                    .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                    .setMaxHeaderSize(LONGEST_HEAD)
                    .setIdleTimeout(75)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS)
                    .setCompressionSupported(false)
                    .setHttp2ClearTextEnabled(false);
        }
    }
}
