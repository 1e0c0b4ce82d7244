package dev.berth.gateway;

import java.net.URI;
import java.util.Set;

/**
 * The origins whose pages may call (CH-140).
 *
 * @param exact such as {@code https://shop.example.com}
 * @param loopback whether every page of this machine may, as is right when the simulator is on
 */
public record BrowserOrigins(Set<String> exact, boolean loopback) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public BrowserOrigins {
        exact = Set.copyOf(exact);
    }

    boolean allow(String origin) {
        return !origin.isEmpty() && (exact.contains(origin) || (loopback && isLoopback(origin)));
    }

    private static boolean isLoopback(String origin) {
        try {
            URI uri = URI.create(origin);
            return uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
