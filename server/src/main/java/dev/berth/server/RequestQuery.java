package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a management request asks for, checked. */
final class RequestQuery {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final int LONGEST_JSON = 1024 * 1024;

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

    static JsonObject json(RoutingContext context) throws IOException {
        try (RequestStream stream = new RequestStream(context.request())) {
            byte[] body = stream.readNBytes(LONGEST_JSON + 1);
            if (body.length > LONGEST_JSON) {
                throw new BerthException(
                        new Problem("BODY_TOO_LARGE", "server", "body: over " + LONGEST_JSON + " bytes", "Send less."));
            }
            return body.length == 0 ? new JsonObject() : new JsonObject(io.vertx.core.buffer.Buffer.buffer(body));
        }
    }

    static String required(JsonObject json, String name) {
        String value = json.getString(name, "");
        if (value.isEmpty()) {
            throw invalid("%s: missing in the body".formatted(name));
        }
        return value;
    }

    static BerthException invalid(String message) {
        return new BerthException(new Problem(
                "REQUEST_INVALID", "server", message, "Correct it and try again; see docs/management-api.md."));
    }
}
