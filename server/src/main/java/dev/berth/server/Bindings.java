package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/**
 * Where the doors are bound. Beyond loopback, sessions and the management token would travel in the clear, so that such
 * a door needs TLS in front of it (docs/design.md, section 3). The inward door is for instances on this machine only, and the simulator has no key for a host: neither is ever bound
 * beyond loopback.
 */
final class Bindings {
    private Bindings() {}

    /** @throws BerthException {@code BINDING_UNSAFE}, or {@code CONFIG_INVALID} for a host that this machine does not know */
    static void requireSafe(ServerConfig config) {
        requireSafe("gateway", config.gateway().host(), config.gateway().tls());
        requireSafe(
                "management", config.management().host(), config.management().tls());
        requireInward(config.inward());
        requireRealSignIns(config);
        requireTokenForMetrics(config.management());
    }

    /**
     * What to bind for this host: its address, so that nobody can answer differently once it has been judged.
     *
     * @throws BerthException {@code CONFIG_INVALID} for a host that this machine does not know
     */
    static String address(String door, String host) {
        InetAddress[] all = resolve(door, host);
        return Stream.of(all)
                .filter(address -> host.contains(":") || address.getAddress().length == 4)
                .findFirst()
                .orElse(all[0])
                .getHostAddress();
    }

    /** Programs on this machine come to it, with credentials, and nothing there speaks TLS. */
    private static void requireInward(ServerConfig.Inward inward) {
        if (!isLoopback("inward", inward.host())) {
            throw unsafe(
                    "inward.host: %s can be reached from other machines, and only the services of this one have business there (expected: 127.0.0.1)"
                            .formatted(inward.host()),
                    "Set inward.host: 127.0.0.1.");
        }
    }

    /** With codes that anybody can invent, everybody who reaches the gateway would be the default user. */
    private static void requireRealSignIns(ServerConfig config) {
        boolean inventable = config.simulator().enabled() && config.simulator().acceptUnknownCodes();
        String host = config.gateway().host();
        if (inventable && !isLoopback("gateway", host)) {
            throw unsafe(
                    "gateway.host: %s can be reached from other machines, and the simulator signs everybody in (expected: 127.0.0.1, or simulator.accept-unknown-codes: false)"
                            .formatted(host),
                    "Set simulator.accept-unknown-codes: false, so that only codes made on this machine sign in.");
        }
    }

    private static void requireTokenForMetrics(ServerConfig.Management management) {
        if (management.metrics() == MetricsAccess.OPEN && !isLoopback("management", management.host())) {
            throw unsafe(
                    "management.metrics: open, but management.host: %s can be reached from other machines (expected: token)"
                            .formatted(management.host()),
                    "Set management.metrics: token, and give Prometheus the token; see docs/metrics.md.");
        }
    }

    private static void requireSafe(String door, String host, Tls tls) {
        if (tls == Tls.NONE && !isLoopback(door, host)) {
            throw unsafe(
                    "%s.host: %s can be reached from other machines, and nothing there speaks TLS (expected: 127.0.0.1, or %s.tls: terminated)"
                            .formatted(door, host, door),
                    "Set %s.host: 127.0.0.1. Or put a proxy that has TLS in front, let only that reach this port, and set %s.tls: terminated."
                            .formatted(door, door));
        }
    }

    private static BerthException unsafe(String message, String hint) {
        return new BerthException(new Problem("BINDING_UNSAFE", "server", message, hint));
    }

    /** Whether it is under all its addresses: a name may have several. */
    private static boolean isLoopback(String door, String host) {
        return Stream.of(resolve(door, host)).allMatch(InetAddress::isLoopbackAddress);
    }

    private static InetAddress[] resolve(String door, String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new BerthException(
                    new Problem(
                            "CONFIG_INVALID",
                            "server",
                            "%s.host: %s (expected: an address of this machine, such as 127.0.0.1)"
                                    .formatted(door, host),
                            "Correct the configuration and start again."),
                    e);
        }
    }
}
