package dev.berth.gateway;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the gateway's door. */
final class Door extends AbstractVerticle {
    private static final int LONGEST_REQUEST_LINE = 16 * 1024;
    static final int LONGEST_HEAD = 32 * 1024;

    /** Of a body, handed on at once: as much as a read brings. With the usual 8 KiB a large body cost twice the CPU. */
    static final int LARGEST_PIECE = 64 * 1024;

    private static final int STREAMS = 100;

    /** RFC 9113, section 6.9.2: what a stream may have sent without having been read. */
    private static final int STREAM_WINDOW = 65_535;

    private final GatewayOptions settings;
    private final DoorLimits limits;
    private final Collaborators ports;
    private final Sessions sessions;
    private final Sharing sharing;
    private final Shared shared;
    private @Nullable HttpServer server;

    /** What the doors of one gateway have in common. */
    record Shared(int freePort, AtomicInteger port, AtomicInteger connections, AtomicBoolean draining) {
        private static final AtomicInteger FREE_PORTS = new AtomicInteger();

        static Shared create() {
            return new Shared(
                    FREE_PORTS.incrementAndGet(), new AtomicInteger(), new AtomicInteger(), new AtomicBoolean());
        }
    }

    Door(GatewayOptions settings, Collaborators ports, Sessions sessions, Sharing sharing, Shared shared) {
        this.settings = settings;
        this.limits = settings.limits();
        this.ports = ports;
        this.sessions = sessions;
        this.sharing = sharing;
        this.shared = shared;
    }

    @Override
    public void start(Promise<Void> started) {
        FrontDoor door = new FrontDoor(new Lane(
                vertx,
                InstanceClients.create(vertx),
                settings,
                ports.directory(),
                sessions,
                ports.signIn(),
                ports.openData(),
                ports.tokens(),
                ports.activator(),
                ports.functions(),
                sharing,
                ports.recorder(),
                ports.refusals(),
                ports.clock(),
                shared.draining()));
        Connections open = new Connections(limits, shared.connections());
        open.watch(vertx);
        HttpServerOptions options = serverOptions();
        server = DoorServer.create(
                vertx, options, pipeline -> pipeline.addFirst("watch", new ConnectionWatch(open, options)));
        server.requestHandler(door::handle)
                .invalidRequestHandler(door::refuseUnreadable)
                .exceptionHandler(failure -> {})
                .listen(address())
                .onSuccess(listening -> shared.port().set(listening.actualPort()))
                .<Void>mapEmpty()
                .onComplete(started);
    }

    /** Takes no more connections, and lets the calls in progress end. */
    Future<Void> drain() {
        shared.draining().set(true);
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(limits.drain().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All loops of a gateway listen on one port, also on a free one. */
    private SocketAddress address() {
        return settings.port() == 0
                ? SocketAddress.sharedRandomPort(shared.freePort(), settings.host())
                : SocketAddress.inetSocketAddress(settings.port(), settings.host());
    }

    private HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setStrictThreadMode(true)
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setMaxHeaderSize(LONGEST_HEAD)
                .setMaxChunkSize(LARGEST_PIECE)
                .setIdleTimeout((int) limits.idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false) // extensions are between caller and service: CH-122
                .setPerMessageWebSocketCompressionSupported(false)
                .setHttp2ClearTextEnabled(true) // CH-141
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(STREAMS)
                        .setMaxHeaderListSize(LONGEST_HEAD)
                        .setInitialWindowSize(STREAM_WINDOW))
                // A call that waits for its instance must not hold up the bodies of its neighbours.
                .setHttp2ConnectionWindowSize(STREAMS * STREAM_WINDOW);
    }
}
