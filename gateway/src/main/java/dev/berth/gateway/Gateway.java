package dev.berth.gateway;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The gateway's door. Thread-safe. */
public final class Gateway {
    private final Vertx vertx;
    private final String deployment;
    private final List<Door> doors;
    private final Sessions sessions;
    private final int port;

    private Gateway(Vertx vertx, String deployment, List<Door> doors, Sessions sessions, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.doors = doors;
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
        Sharing sharing = new Sharing(ports.functions(), ports.clock());
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors());
        Door.Shared shared = Door.Shared.create();
        List<Door> doors = new CopyOnWriteArrayList<>();
        return vertx.deployVerticle(
                        () -> {
                            Door door = new Door(options, ports, sessions, sharing, shared);
                            doors.add(door);
                            return door;
                        },
                        new DeploymentOptions().setInstances(loops))
                .map(deployment -> new Gateway(
                        vertx, deployment, doors, sessions, shared.port().get()));
    }

    public int port() {
        return port;
    }

    public Sessions sessions() {
        return sessions;
    }

    /** Takes no more connections at once, and ends when the calls in progress have ended, or at their longest deadline. */
    public Future<Void> close() {
        return Future.join(doors.stream().map(Door::drain).toList())
                .eventually(() -> vertx.undeploy(deployment))
                .eventually(sessions::close)
                .mapEmpty();
    }
}
