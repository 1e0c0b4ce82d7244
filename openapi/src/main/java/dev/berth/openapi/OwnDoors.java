package dev.berth.openapi;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The doors on the own address of one instance or host of a function.
 *
 * @param name whether a name that is intercepted can point here
 */
record OwnDoors(String address, boolean name, List<HttpServer> http, List<NetServer> tls) {
    /** Where clients look for {@code http://} and {@code https://}. */
    record Ports(int http, int https) {
        static final Ports USUAL = new Ports(80, 443);

        boolean contains(int port) {
            return port == http || port == https;
        }
    }

    /** Whether the port can be had on an address of its own; closed again at once. Empty if so, else why not. */
    static Future<Optional<String>> whyNoPort(Vertx vertx, int port) {
        return vertx.createNetServer()
                .connectHandler(socket -> socket.close())
                .listen(port, LoopbackAddresses.PROBE)
                .compose(server -> server.close().map(Optional.<String>empty()))
                .recover(failure -> Future.succeededFuture(
                        Optional.of("port %d cannot be had (%s)".formatted(port, failure.getMessage()))));
    }

    /** Opens doors; does not block. */
    record Opener(Vertx vertx, Ports ports, RelayServer server, RelayDoor.Lane lane) {
        /** The name's ports; fails if port 80 cannot be had. Without 443 there is no {@code https://}, and nothing else amiss. */
        Future<OwnDoors> openName(String address, Admitted instance) {
            Future<HttpServer> http = listen(address, ports.http(), instance);
            Future<NetServer> https = vertx.createNetServer(new NetServerOptions()
                            .setIdleTimeout((int) lane.limits().idle().toMillis())
                            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                    .connectHandler(socket -> lane.tunnels().acceptTls(socket, instance))
                    .listen(SocketAddress.inetSocketAddress(ports.https(), address));
            return Future.join(http, https).transform(both -> {
                if (http.failed()) {
                    Optional.ofNullable(https.result()).ifPresent(NetServer::close);
                    return Future.failedFuture(http.cause());
                }
                List<NetServer> tls = https.succeeded() ? List.of(https.result()) : List.of();
                return Future.succeededFuture(new OwnDoors(address, true, List.of(http.result()), tls));
            });
        }

        /** The port at which {@code wx-server-sdk} looks for the platform. */
        Future<OwnDoors> openPlatform(String address, Admitted host) {
            return listen(address, ports.http(), host)
                    .map(http -> new OwnDoors(address, true, List.of(http), List.of()));
        }

        /** A door for a client that is told of a proxy. */
        Future<OwnDoors> openProxy(String address, int port, Admitted instance) {
            return listen(address, port, instance).map(http -> new OwnDoors(address, false, List.of(http), List.of()));
        }

        private Future<HttpServer> listen(String address, int port, Admitted instance) {
            return server.listen(
                    SocketAddress.inetSocketAddress(port, address),
                    new RelayDoor(lane, Identification.always(instance)));
        }
    }

    /** With all connections. */
    Future<?> close() {
        List<Future<Void>> closing = new ArrayList<>();
        http.forEach(server -> closing.add(server.close()));
        tls.forEach(server -> closing.add(server.close()));
        return Future.join(closing);
    }
}
