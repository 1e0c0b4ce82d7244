package dev.berth.openapi;

import dev.berth.core.InwardDoor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The relay with all that it stands on, opened and closed together. */
final class RelayRoom {
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final RelayOptions options;
    private final RelayPreparation prepared;
    private final RelayWay way;
    private final NetClient client;
    private final Connecting connecting;
    private final Tunnels tunnels;
    private final RelayDoor.Lane lane;
    private final RelayServer server;
    private final SignedCloudbaseTokens tokens;
    private final TokenFiles tokenFiles;
    private final InstanceCredentials credentials = new InstanceCredentials();
    private final Relay relay;
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<Long> timers = new ArrayList<>();
    private volatile int port;

    private RelayRoom(
            Vertx vertx,
            RelayOptions options,
            OwnDoors.Ports namePorts,
            Pipeline pipeline,
            Collaborators ports,
            RelayPreparation prepared) {
        this.vertx = vertx;
        this.options = options;
        this.prepared = prepared;
        this.way = prepared.way(options);
        RelayLimits limits = options.limits();
        RelayAnswers answers = new RelayAnswers(vertx);
        client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) limits.connect().toMillis())
                .setIdleTimeout((int) limits.idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        connecting = new Connecting(new HostResolver(vertx), client);
        tunnels = new Tunnels(answers, connecting, client);
        tokens = new SignedCloudbaseTokens(ports.signingKey(), ports.clock());
        tokenFiles = new TokenFiles(options.folder().resolve("tokens"), ports.directory(), tokens);
        lane = new RelayDoor.Lane(
                vertx,
                limits,
                answers,
                pipeline,
                new RelayIdentity(ports.directory(), tokens, ports.clock()),
                new RelayDenials(ports.recorder(), ports.clock()),
                new OtherHosts(vertx, limits, answers, connecting),
                tunnels);
        server = new RelayServer(vertx, limits);
        relay = new Relay(
                options,
                way,
                this::port,
                credentials,
                new OwnDoors.Opener(vertx, namePorts, server, lane),
                tokenFiles,
                prepared.trust(),
                new LoopbackAddresses(new SecureRandom()));
    }

    static Future<RelayRoom> open(
            Vertx vertx, RelayOptions options, OwnDoors.Ports namePorts, Pipeline pipeline, Collaborators ports) {
        return RelayPreparation.of(vertx, options, namePorts, ports.clock())
                .compose(prepared -> new RelayRoom(vertx, options, namePorts, pipeline, ports, prepared).listen());
    }

    private Future<RelayRoom> listen() {
        RelayDoor ends = new RelayDoor(lane, tunnels);
        SocketAddress anyPort = SocketAddress.inetSocketAddress(0, LOOPBACK);
        Future<HttpServer> shared = server.listen(
                SocketAddress.inetSocketAddress(options.port(), options.host()), new RelayDoor(lane, credentials));
        Future<HttpServer> plain = server.listen(anyPort, ends);
        Future<HttpServer> tls = server.listen(anyPort, ends, Optional.of(prepared.tls()));
        return Future.join(shared, plain, tls)
                .onFailure(failure -> {
                    List.of(shared, plain, tls).forEach(opened -> opened.onSuccess(HttpServer::close));
                    client.close();
                })
                .map(opened -> {
                    begin(shared.result(), plain.result(), tls.result());
                    return this;
                });
    }

    private void begin(HttpServer shared, HttpServer plain, HttpServer tls) {
        port = shared.actualPort();
        tunnels.ends(plain.actualPort(), tls.actualPort());
        connecting.addOwn(options.host(), port);
        connecting.addOwn(LOOPBACK, plain.actualPort());
        connecting.addOwn(LOOPBACK, tls.actualPort());
        servers.addAll(List.of(shared, plain, tls));
        timers.add(every(TokenFiles.REPLACED_EVERY, tokenFiles::replaceAll));
    }

    private long every(Duration pause, Runnable task) {
        return vertx.setPeriodic(
                pause.toMillis(), ignored -> Thread.ofVirtual().name("relay").start(task));
    }

    InwardDoor relay() {
        return relay;
    }

    RelayWay way() {
        return way;
    }

    SignedCloudbaseTokens tokens() {
        return tokens;
    }

    int port() {
        return port;
    }

    void close() {
        timers.forEach(vertx::cancelTimer);
        relay.close();
        Future.join(servers.stream().map(HttpServer::close).toList())
                .eventually(client::close)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
