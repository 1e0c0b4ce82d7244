package dev.berth.core;

import java.time.Duration;
import java.util.Map;

/**
 * What a deployment asked for beside the code. Settings belong to the version that they were deployed with (HO-12).
 *
 * @param variables given to the process; they win over Berth's own except {@code CBR_ENV_ID} (HO-41, HO-45)
 * @param idle an instance without calls for so long is stopped (HO-31); at least one second
 * @param scale how many instances
 */
public record Settings(Map<String, String> variables, Duration idle, Scale scale) {
    public static final Duration DEFAULT_IDLE = Duration.ofMinutes(30);
    public static final Duration LEAST_IDLE = Duration.ofSeconds(1);
    public static final Settings DEFAULTS = new Settings(Map.of(), DEFAULT_IDLE, Scale.DEFAULT);

    public Settings {
        variables = Map.copyOf(variables);
        variables.keySet().forEach(Names::requireVariableName);
        if (idle.compareTo(LEAST_IDLE) < 0) {
            throw new BerthException(new Problem(
                    "INVALID_IDLE",
                    "hosting",
                    "idle: %s (expected: >= %s)".formatted(idle, LEAST_IDLE),
                    "Give a longer time, such as --idle 30s."));
        }
    }

    /** Without the values of the variables: they may be secret. */
    @Override
    public String toString() {
        return "Settings[variables=%s, idle=%s, scale=%s]".formatted(variables.keySet(), idle, scale);
    }
}
