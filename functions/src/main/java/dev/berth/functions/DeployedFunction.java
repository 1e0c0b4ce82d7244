package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import dev.berth.core.FunctionVersion;
import java.util.Optional;

/**
 * What a deployment came to.
 *
 * @param version that has what was sent, and is live
 * @param changed whether it is a new one; otherwise the live version had the same already
 * @param note for people: what is wrong with it all the same
 */
public record DeployedFunction(FunctionVersion version, boolean changed, Optional<String> note) {
    public DeployedFunction {
        requireNonNull(version, "version is null");
        requireNonNull(note, "note is null");
    }

    DeployedFunction(FunctionVersion version, boolean changed) {
        this(version, changed, Optional.empty());
    }
}
