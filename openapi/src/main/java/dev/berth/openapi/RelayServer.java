package dev.berth.openapi;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens HTTP/1.1 doors of the relay, whose connections are limited together. Thread-safe. */
final class RelayServer {
    private static final int LONGEST_REQUEST_LINE = 16 * 1024;
    private static final int LONGEST_HEAD = 32 * 1024;
    private static final int LARGEST_PIECE = 64 * 1024;
    private static final String DECODER = "httpDecoder"; // Vert.x's name for it

    private final Vertx vertx;
    private final RelayLimits limits;
    private final AtomicInteger open = new AtomicInteger();

    RelayServer(Vertx vertx, RelayLimits limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    Future<HttpServer> listen(SocketAddress address, RelayDoor door) {
        return listen(address, door, Optional.empty());
    }

    Future<HttpServer> listen(SocketAddress address, RelayDoor door, Optional<ServerSSLOptions> tls) {
        HttpServerOptions options = options();
        tls.ifPresent(ssl -> options.setSsl(true).setKeyCertOptions(ssl.getKeyCertOptions()));
        return vertx.createHttpServer(options)
                .connectionHandler(connection -> watch(connection, options))
                .requestHandler(door::handle)
                .invalidRequestHandler(door::refuseUnreadable)
                .exceptionHandler(failure -> {}) // of connections: their clients have gone
                .listen(address);
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setStrictThreadMode(true)
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setMaxHeaderSize(LONGEST_HEAD)
                .setMaxChunkSize(LARGEST_PIECE)
                .setIdleTimeout((int) limits.idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setCompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false);
    }

    /** Before the first byte. */
    private void watch(HttpConnection connection, HttpServerOptions options) {
        int present = open.incrementAndGet();
        whenClosed(connection, open::decrementAndGet);
        if (present > limits.connections()) {
            connection.close();
            return;
        }
        RelayDecoder decoder = new RelayDecoder(options);
        channel(connection).pipeline().replace(DECODER, DECODER, decoder);
        long head = limits.head().toMillis();
        long timer = vertx.setPeriodic(Math.max(1, head / 2), ignored -> {
            if (decoder.headSince() != 0
                    && System.nanoTime() - decoder.headSince() > TimeUnit.MILLISECONDS.toNanos(head)) {
                connection.close();
            }
        });
        whenClosed(connection, () -> vertx.cancelTimer(timer));
    }

    /** Even if the connection has become a tunnel by then, which Vert.x would not tell. */
    static void whenClosed(HttpConnection connection, Runnable then) {
        channel(connection).closeFuture().addListener(closed -> then.run());
    }

    private static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext().channel();
    }
}
