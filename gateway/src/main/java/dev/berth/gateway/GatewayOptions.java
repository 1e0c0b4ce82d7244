package dev.berth.gateway;

import dev.berth.core.Session;
import java.util.Map;

/**
 * Settings of the gateway.
 *
 * @param port 0 for a free one
 * @param methods which methods {@code callContainer} may use (CF-3)
 * @param pages served as they are, by path below {@code /__berth__/}
 */
public record GatewayOptions(
        String host,
        int port,
        Session.Lifetime sessionLifetime,
        AllowedMethods methods,
        BrowserOrigins origins,
        Map<String, Page> pages) {
    public GatewayOptions {
        pages = Map.copyOf(pages);
    }
}
