package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.BerthException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How functions get to the server.
 *
 * @param options put on the path of each
 * @param noInstall whether the server shall install nothing
 */
record FunctionUpload(ManagementApi api, String environment, UnaryOperator<ApiPath> options, boolean noInstall) {
    /** As {@code config.json} says. */
    FunctionUpload(ManagementApi api, String environment) {
        this(api, environment, UnaryOperator.identity(), false);
    }

    /**
     * @return {@code {"deployed":{"function","version","changed"}}}
     * @throws BerthException if it was not deployed
     */
    JsonNode send(FunctionFolder function, Consumer<String> progress) {
        ApiPath versions = deployable(function.name()).path("versions");
        ApiPath path = noInstall ? versions.with("install", "false") : versions;
        return new Deployment(api, progress).send(options.apply(path), function.entries(noInstall));
    }

    /** Whether the server has a function of this name; not if it cannot be asked for it. */
    boolean isDeployed(String name) {
        try {
            return deployable(name).isThere(api);
        } catch (BerthException refused) {
            return false;
        }
    }

    private Deployable deployable(String name) {
        return new Deployable(Deployable.Kind.FUNCTION, environment, name);
    }
}
