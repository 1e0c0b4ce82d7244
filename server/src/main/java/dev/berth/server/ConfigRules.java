package dev.berth.server;

import dev.berth.gateway.TrustedProxies;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What single values of the configuration must look like. Each throws {@link IllegalArgumentException}. */
final class ConfigRules {
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@\\s]+");

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

    static void requireProxies(List<String> ranges) {
        try {
            TrustedProxies.of(ranges);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("trusted-proxies: " + e.getMessage(), e);
        }
    }

    static void requireBaseUrl(String url) {
        if (!url.isEmpty() && !isHttp(url)) {
            throw new IllegalArgumentException(
                    "base-url: %s (expected: such as https://api.weixin.qq.com)".formatted(withoutUser(url)));
        }
    }

    static void requireTimeZone(String zone) {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "time-zone: %s (expected: such as Asia/Shanghai or UTC)".formatted(zone), e);
        }
    }

    static void requireBetween(String key, int number, int least, int most) {
        if (number < least || number > most) {
            throw outside(key, Integer.toString(number), Integer.toString(least), Integer.toString(most));
        }
    }

    static void requireBetween(String key, Duration time, Duration least, Duration most) {
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw outside(key, TimeSpan.print(time), TimeSpan.print(least), TimeSpan.print(most));
        }
    }

    static void requireBetween(String key, DataSize size, DataSize least, DataSize most) {
        if (size.bytes() < least.bytes() || size.bytes() > most.bytes()) {
            throw outside(key, size.toString(), least.toString(), most.toString());
        }
    }

    private static IllegalArgumentException outside(String key, String value, String least, String most) {
        return new IllegalArgumentException("%s: %s (expected: %s to %s)".formatted(key, value, least, most));
    }

    /** @param keys that are involved */
    record Misfit(List<String> keys, String text) {}

    /** What keys say that do not fit together. */
    static Optional<Misfit> misfit(ServerConfig config) {
        ServerConfig.Sessions sessions = config.sessions();
        return sessions.unused().compareTo(sessions.longest()) <= 0
                ? Optional.empty()
                : Optional.of(new Misfit(
                        List.of("sessions.unused", "sessions.longest"),
                        "sessions.unused: %s (expected: <= sessions.longest, which is %s)"
                                .formatted(TimeSpan.print(sessions.unused()), TimeSpan.print(sessions.longest()))));
    }

    private static String withoutUser(String url) {
        return url.replaceAll("//[^/]*@", "//…@"); // may be a password
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
