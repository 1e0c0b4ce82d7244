package dev.berth.gateway;

import dev.berth.core.Session;
import java.time.Duration;

/**
 * Settings of the gateway.
 *
 * @param port 0 for a free one
 * @param methods which methods {@code callContainer} may use (CF-3)
 * @param pages served as they are
 * @param trustedProxies whose word about a caller's address is believed (CH-61)
 * @param limits of every connection
 * @param functionLoad so long, beyond its own time limit, the outcome of a function is waited for
 */
public record GatewayOptions(
        String host,
        int port,
        Session.Lifetime sessionLifetime,
        AllowedMethods methods,
        BrowserOrigins origins,
        Pages pages,
        TrustedProxies trustedProxies,
        DoorLimits limits,
        Duration functionLoad) {}
