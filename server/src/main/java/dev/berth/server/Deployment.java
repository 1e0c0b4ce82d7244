package dev.berth.server;

import dev.berth.core.AccessKind;
import dev.berth.core.Scale;
import dev.berth.core.Settings;
import dev.berth.hosting.AskedScale;
import dev.berth.hosting.DeployRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** A deployment as it arrives: the options in the query, the files in the body. */
final class Deployment {
    private Deployment() {}

    static DeployRequest read(RoutingContext context, InputStream tar) {
        Optional<Duration> idle = RequestQuery.time(context, "idle");
        Settings settings =
                new Settings(RequestQuery.pairs(context, "env"), idle.orElse(Settings.DEFAULT_IDLE), Scale.DEFAULT);
        int port = RequestQuery.number(context, "port", 0, 1, 65_535);
        return new DeployRequest(
                context.pathParam("env"),
                context.pathParam("name"),
                tar,
                RequestQuery.text(context, "command"),
                port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                idle,
                scale(context),
                settings.variables(),
                access(context),
                RequestQuery.flag(context, "install", true));
    }

    /** Of a gray deployment; empty for one that gets all traffic. */
    static OptionalInt grayWeight(RoutingContext context) {
        int weight = RequestQuery.number(context, "weight", 0, 1, 99);
        return switch (RequestQuery.text(context, "release").orElse("full")) {
            case "full" -> {
                if (weight != 0) {
                    throw RequestQuery.invalid("weight: %d (expected: only with release=gray)".formatted(weight));
                }
                yield OptionalInt.empty();
            }
            case "gray" -> {
                if (weight == 0) {
                    throw RequestQuery.invalid("weight: missing (expected: 1 to 99, with release=gray)");
                }
                yield OptionalInt.of(weight);
            }
            case String other -> throw RequestQuery.invalid("release: %s (expected: full or gray)".formatted(other));
        };
    }

    private static AskedScale scale(RoutingContext context) {
        AskedScale asked = new AskedScale(count(context, "min", 0), count(context, "max", 1));
        if (asked.min().isPresent() && asked.max().isPresent()) {
            var _ = new Scale(asked.min().getAsInt(), asked.max().getAsInt()); // refused before anything is read
        }
        return asked;
    }

    private static OptionalInt count(RoutingContext context, String name, int least) {
        int count = RequestQuery.number(context, name, -1, least, Scale.MOST);
        return count < 0 ? OptionalInt.empty() : OptionalInt.of(count);
    }

    private static Set<AccessKind> access(RoutingContext context) {
        EnumSet<AccessKind> access = EnumSet.noneOf(AccessKind.class);
        RequestQuery.text(context, "access").stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .forEach(name -> access.add(Stream.of(AccessKind.values())
                        .filter(kind -> kind.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> RequestQuery.invalid(
                                "access: %s (expected: MINIAPP, PUBLIC, OA or VPC)".formatted(name)))));
        return access;
    }
}
