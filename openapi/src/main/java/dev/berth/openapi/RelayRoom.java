package dev.berth.openapi;

import dev.berth.core.AdminActions;
import dev.berth.core.InwardDoor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The relay with all that it stands on, opened and closed together. */
final class RelayRoom {
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final RelayOptions options;
    private final RelayWay way;
    private final NetClient client;
    private final Connecting connecting;
    private final Tunnels tunnels;
    private final RelayDoor.Lane lane;
    private final AdminDoor admin;
    private final RelayServer server;
    private final TlsEnd tlsEnd;
    private final SignedCloudbaseTokens tokens;
    private final TokenFiles tokenFiles;
    private final InstanceCredentials credentials = new InstanceCredentials();
    private final Relay relay;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final List<Long> timers = new CopyOnWriteArrayList<>();
    private volatile int port;

    private RelayRoom(
            Vertx vertx,
            RelayOptions options,
            OwnDoors.Ports namePorts,
            Pipeline pipeline,
            Collaborators ports,
            TlsEnd tlsEnd,
            RelayWay way) {
        this.vertx = vertx;
        this.options = options;
        this.tlsEnd = tlsEnd;
        this.way = way;
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
        admin = new AdminDoor(vertx, limits, answers);
        lane = new RelayDoor.Lane(
                vertx,
                limits,
                answers,
                pipeline,
                admin,
                new RelayIdentity(ports.directory(), tokens, ports.clock()),
                new RelayDenials(ports.recorder(), ports.denials(), ports.clock()),
                new OtherHosts(vertx, limits, answers, connecting),
                tunnels);
        server = new RelayServer(vertx, limits);
        relay = new Relay(
                options,
                way,
                this::port,
                namePorts,
                credentials,
                new OwnAddresses(
                        new OwnDoors.Opener(vertx, namePorts, server, lane), new LoopbackAddresses(new SecureRandom())),
                tokenFiles,
                tlsEnd);
    }

    static Future<RelayRoom> open(
            Vertx vertx, RelayOptions options, OwnDoors.Ports namePorts, Pipeline pipeline, Collaborators ports) {
        TlsEnd tlsEnd = new TlsEnd(vertx, options, ports.clock());
        Promise<Void> folder = Promise.promise();
        Thread.ofVirtual().name("relay").start(() -> {
            try {
                Files.createDirectories(options.folder());
            } catch (IOException e) {
                folder.fail(RelayCertificate.unusable(options.folder(), e));
                return;
            }
            folder.complete();
            tlsEnd.makeCertificate();
        });
        Future<Optional<String>> probing = OwnDoors.whyNoPort(vertx, namePorts.http());
        return Future.all(folder.future(), probing)
                .compose(ready -> new RelayRoom(
                                vertx,
                                options,
                                namePorts,
                                pipeline,
                                ports,
                                tlsEnd,
                                RelayWay.of(options, probing.result()))
                        .listen());
    }

    private Future<RelayRoom> listen() {
        RelayDoor ends = new RelayDoor(lane, tunnels);
        Future<HttpServer> shared = server.listen(
                SocketAddress.inetSocketAddress(options.port(), options.host()), new RelayDoor(lane, credentials));
        Future<HttpServer> plain = server.listen(SocketAddress.inetSocketAddress(0, LOOPBACK), ends);
        return Future.join(shared, plain)
                .onFailure(failure -> {
                    List.of(shared, plain).forEach(opened -> opened.onSuccess(HttpServer::close));
                    client.close();
                    lane.others().close();
                })
                .map(opened -> {
                    begin(shared.result(), plain.result(), ends);
                    return this;
                });
    }

    private void begin(HttpServer shared, HttpServer plain, RelayDoor ends) {
        port = shared.actualPort();
        int plainPort = plain.actualPort();
        connecting.addOwn(options.host(), port);
        connecting.addOwn(LOOPBACK, plainPort);
        tunnels.ends(
                () -> Future.succeededFuture(plainPort),
                () -> tlsEnd.port(server, ends, opened -> connecting.addOwn(LOOPBACK, opened)));
        servers.addAll(List.of(shared, plain));
        timers.add(every(TokenFiles.REPLACED_EVERY, tokenFiles::replaceAll));
    }

    private long every(Duration pause, Runnable task) {
        return vertx.setPeriodic(
                pause.toMillis(), ignored -> Thread.ofVirtual().name("relay").start(task));
    }

    void serve(AdminActions actions) {
        admin.serve(actions);
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
                .eventually(tlsEnd::close)
                .eventually(client::close)
                .eventually(lane.others()::close)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
