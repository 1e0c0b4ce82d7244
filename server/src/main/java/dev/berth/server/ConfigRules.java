package dev.berth.server;

import java.net.URI;
import java.util.regex.Pattern;

/** What single values of the configuration must look like. Each throws {@link IllegalArgumentException}. */
final class ConfigRules {
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#\\s]+");

    private ConfigRules() {}

    static void requirePort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: %d (expected: 0 to 65535)".formatted(port));
        }
    }

    static void requireHost(String host) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: empty (expected: an address such as 127.0.0.1)");
        }
    }

    static void requireOrigin(String origin) {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException(
                    "origins: %s (expected: such as https://shop.example.com, without a path)".formatted(origin));
        }
    }

    static void requireBaseUrl(String url) {
        if (!url.isEmpty() && !isHttp(url)) {
            throw new IllegalArgumentException(
                    "base-url: %s (expected: such as https://api.weixin.qq.com)".formatted(url));
        }
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
