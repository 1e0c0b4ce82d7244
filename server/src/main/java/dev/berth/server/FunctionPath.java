package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersion;
import dev.berth.core.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeSet;

/** The function that the path of a request names. */
record FunctionPath(DirectorySource directory) {
    /**
     * Of a function that need not be there.
     *
     * @throws BerthException {@code ENV_UNKNOWN}, {@code INVALID_FUNCTION_NAME}
     */
    FunctionId id(RoutingContext context) {
        return new FunctionId(new RequestPath(directory).environment(context), context.pathParam("name"));
    }

    /** @throws BerthException {@code ENV_UNKNOWN}, {@code FUNCTION_UNKNOWN} */
    FunctionVersion live(RoutingContext context) {
        String environment = new RequestPath(directory).environment(context);
        Map<String, FunctionEntry> functions = directory
                .current()
                .environment(environment)
                .map(EnvironmentEntry::functions)
                .orElse(Map.of());
        String name = context.pathParam("name");
        FunctionEntry entry = functions.get(name);
        if (entry == null) {
            throw new BerthException(new Problem(
                    "FUNCTION_UNKNOWN",
                    "server",
                    "function: %s (expected: one of %s)".formatted(name, new TreeSet<>(functions.keySet())),
                    "See what is deployed with: berth functions"));
        }
        return entry.live();
    }

    /** One that is there. */
    FunctionId known(RoutingContext context) {
        return live(context).id().function();
    }

    boolean isThere(RoutingContext context) {
        return directory
                .current()
                .environment(context.pathParam("env"))
                .flatMap(entry -> entry.function(context.pathParam("name")))
                .isPresent();
    }
}
