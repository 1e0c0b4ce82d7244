package dev.berth.server;

import dev.berth.gateway.BrowserOrigins;
import dev.berth.gateway.Collaborators;
import dev.berth.gateway.DoorLimits;
import dev.berth.gateway.Gateway;
import dev.berth.gateway.GatewayOptions;
import dev.berth.gateway.Pages;
import dev.berth.gateway.TrustedProxies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;

/** The gateway, as the configuration wants it. */
final class GatewayRoom {
    /** The functions room knows first that a time is over. */
    private static final Duration TELLING_OUTCOME = Duration.ofSeconds(5);

    private GatewayRoom() {}

    /**
     * @param offline pages of this machine may call, whatever their port
     * @return fails with {@code PORT_TAKEN}
     */
    static Future<Gateway> start(
            Vertx vertx, ServerConfig config, boolean offline, Pages pages, Collaborators collaborators) {
        return Gateway.start(vertx, options(config, offline, pages), collaborators)
                .recover(failure -> Future.failedFuture(
                        TakenPort.explain("gateway", config.gateway().port(), failure)));
    }

    private static GatewayOptions options(ServerConfig config, boolean offline, Pages pages) {
        ServerConfig.Gateway gateway = config.gateway();
        Duration functionLoad = config.functions().loadWithin().plus(TELLING_OUTCOME);
        return new GatewayOptions(
                Bindings.address("gateway", gateway.host()),
                gateway.port(),
                config.sessions().lifetime(),
                config.compat().callcontainerMethods(),
                new BrowserOrigins(Set.copyOf(gateway.origins()), offline),
                pages,
                TrustedProxies.of(gateway.trustedProxies()),
                DoorLimits.of(
                        gateway.connections(),
                        gateway.headWithin(),
                        config.functions().longest().plus(functionLoad)),
                functionLoad);
    }
}
