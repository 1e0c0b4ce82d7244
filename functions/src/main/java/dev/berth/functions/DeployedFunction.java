package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import dev.berth.core.FunctionVersion;

/**
 * What a deployment came to.
 *
 * @param version that has what was sent, and is live
 * @param changed whether it is a new one; otherwise the live version had the same already
 */
public record DeployedFunction(FunctionVersion version, boolean changed) {
    public DeployedFunction {
        requireNonNull(version, "version is null");
    }
}
