package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import dev.berth.core.BerthException;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionSettings;
import dev.berth.core.Names;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A deployment of a function as asked for. What is given here wins over the function's {@code config.json}.
 *
 * @param tar the files of the function, gzipped or not; read once, not closed
 * @param timeLimit of an invocation
 * @param memory in MiB
 * @param variables added to those of {@code config.json}
 * @param install whether missing {@code node_modules} are installed
 */
public record FunctionDeployment(
        FunctionId function,
        InputStream tar,
        Optional<Duration> timeLimit,
        OptionalInt memory,
        Map<String, String> variables,
        Optional<Boolean> install) {
    /** @throws BerthException {@code INVALID_VARIABLE} */
    public FunctionDeployment {
        requireNonNull(function, "function is null");
        requireNonNull(tar, "tar is null");
        requireNonNull(timeLimit, "timeLimit is null");
        requireNonNull(memory, "memory is null");
        requireNonNull(install, "install is null");
        variables = Map.copyOf(variables);
        variables.keySet().forEach(Names::requireVariableName);
    }

    /** As {@code config.json} says, all of it. */
    public FunctionDeployment(FunctionId function, InputStream tar) {
        this(function, tar, Optional.empty(), OptionalInt.empty(), Map.of(), Optional.empty());
    }

    /** @throws BerthException {@code INVALID_FUNCTION_SETTING} or {@code INVALID_TRIGGER} */
    FunctionSettings settings(FunctionConfig config, ConfigChecks checks) {
        Duration longest = checks.longestTimeLimit();
        if (timeLimit.isPresent() && timeLimit.get().compareTo(longest) > 0) {
            throw Refused.because(
                    "INVALID_FUNCTION_SETTING",
                    "timeout: %d (expected: 1 to %d, in seconds)"
                            .formatted(timeLimit.get().plusNanos(999_999_999).toSeconds(), longest.toSeconds()),
                    "Give a shorter time, or let the server allow a longer one.");
        }
        Map<String, String> all = new HashMap<>(config.variables());
        all.putAll(variables);
        Duration usual = FunctionSettings.DEFAULT_TIME_LIMIT.compareTo(longest) < 0
                ? FunctionSettings.DEFAULT_TIME_LIMIT
                : longest;
        return new FunctionSettings(
                config.handler().orElse(FunctionSettings.DEFAULT_HANDLER),
                timeLimit.or(config::timeLimit).orElse(usual),
                memory.orElse(config.memory().orElse(FunctionSettings.DEFAULT_MEMORY)),
                config.invocationsPerHost().orElse(1),
                all,
                config.permissions(),
                config.triggers());
    }

    boolean installs(FunctionConfig config) {
        return install.or(config::install).orElse(true);
    }

    /** Without the values of the variables: they may be secret. */
    @Override
    public String toString() {
        return "FunctionDeployment[function=%s, timeLimit=%s, memory=%s, variables=%s, install=%s]"
                .formatted(function, timeLimit, memory, variables.keySet(), install);
    }
}
