package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a management request asks for, checked. */
final class RequestQuery {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private RequestQuery() {}

    static Optional<String> text(RoutingContext context, String name) {
        return context.queryParam(name).stream().findFirst().filter(value -> !value.isEmpty());
    }

    static int number(RoutingContext context, String name, int otherwise, int least, int most) {
        Optional<String> value = text(context, name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get().matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value.get());
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw invalid("%s: %s (expected: %d to %d)".formatted(name, value.get(), least, most));
    }

    static Optional<Duration> time(RoutingContext context, String name) {
        return text(context, name).map(value -> {
            Matcher matcher = TIME.matcher(value);
            if (!matcher.matches()) {
                throw invalid("%s: %s (expected: such as 30s, 15m, 1h)".formatted(name, value));
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        });
    }

    static boolean flag(RoutingContext context, String name, boolean otherwise) {
        return switch (text(context, name).orElse(Boolean.toString(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            case String other -> throw invalid("%s: %s (expected: true or false)".formatted(name, other));
        };
    }

    /** Each given as {@code K=V}. */
    static Map<String, String> pairs(RoutingContext context, String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : context.queryParam(name)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw invalid("%s: %s (expected: K=V)".formatted(name, pair));
            }
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }

    static BerthException invalid(String message) {
        return new BerthException(new Problem(
                "REQUEST_INVALID", "server", message, "Correct it and try again; see docs/management-api.yaml."));
    }
}
