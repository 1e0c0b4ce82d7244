package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.DirectorySource;
import dev.berth.core.Problem;
import io.vertx.ext.web.RoutingContext;

/** What the path of a request names, known to be there. */
record RequestPath(DirectorySource directory) {
    /** @throws BerthException {@code ENV_UNKNOWN} */
    String environment(RoutingContext context) {
        String id = context.pathParam("env");
        if (directory.current().environment(id).isEmpty()) {
            throw new BerthException(new Problem(
                    "ENV_UNKNOWN",
                    "server",
                    "environment: %s (expected: one of %s)"
                            .formatted(id, directory.current().environments().keySet()),
                    "Name another one with --env, or make it with: berth envs add; or start with it: "
                            + "berth up --env ID PATH"));
        }
        return id;
    }

    /** @throws BerthException {@code SERVICE_UNKNOWN} */
    String service(RoutingContext context) {
        String name = context.pathParam("name");
        if (!isThere(context)) {
            throw serviceUnknown(context);
        }
        return name;
    }

    BerthException serviceUnknown(RoutingContext context) {
        return new BerthException(new Problem(
                "SERVICE_UNKNOWN",
                "server",
                "service: %s (expected: one of %s)"
                        .formatted(
                                context.pathParam("name"),
                                directory
                                        .current()
                                        .environment(environment(context))
                                        .orElseThrow()
                                        .services()
                                        .keySet()),
                "See what is deployed with: berth services"));
    }

    /** Whether there is that service in that environment. */
    boolean isThere(RoutingContext context) {
        return directory
                .current()
                .environment(context.pathParam("env"))
                .flatMap(entry -> entry.service(context.pathParam("name")))
                .isPresent();
    }
}
