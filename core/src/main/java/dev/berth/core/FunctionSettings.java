package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a function asks for beside its code; from its {@code config.json} (HO-52) and its deployment.
 *
 * @param handler module and export, {@code index.main} (HO-58)
 * @param timeLimit of one invocation; 1 s to the platform's upper bound (HO-54)
 * @param memory in MiB (HO-55)
 * @param invocationsPerHost how many invocations one host runs at a time; 1 unless the function asks for more (HO-56)
 * @param variables of its environment; may be secret
 * @param permissions the open APIs that it may call, such as {@code subscribeMessage.send} (HO-53)
 * @param triggers at most one (HO-60)
 */
public record FunctionSettings(
        String handler,
        Duration timeLimit,
        int memory,
        int invocationsPerHost,
        Map<String, String> variables,
        SortedSet<String> permissions,
        List<Trigger> triggers) {
    public static final String DEFAULT_HANDLER = "index.main";
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(3);
    public static final int DEFAULT_MEMORY = 256;
    public static final int LEAST_MEMORY = 128;
    public static final int MOST_MEMORY = 2048;
    public static final int MOST_INVOCATIONS_PER_HOST = 100;
    public static final FunctionSettings DEFAULTS = new FunctionSettings(
            DEFAULT_HANDLER, DEFAULT_TIME_LIMIT, DEFAULT_MEMORY, 1, Map.of(), Collections.emptySortedSet(), List.of());

    /** @throws BerthException {@code INVALID_FUNCTION_SETTING}, {@code INVALID_TRIGGER}, {@code INVALID_VARIABLE} */
    public FunctionSettings {
        requireNonNull(handler, "handler is null");
        variables = Map.copyOf(variables);
        variables.keySet().forEach(Names::requireVariableName);
        permissions = Collections.unmodifiableSortedSet(new TreeSet<>(permissions));
        triggers = List.copyOf(triggers);
        if (!handler.matches("[A-Za-z0-9_/-]+\\.[A-Za-z_$][A-Za-z0-9_$]*")) {
            throw invalid("handler: %s (expected: module and export, such as index.main)".formatted(handler));
        }
        if (timeLimit.compareTo(Duration.ofSeconds(1)) < 0) {
            throw invalid("timeout: %s (expected: >= 1, in seconds)".formatted(timeLimit));
        }
        if (memory < LEAST_MEMORY || memory > MOST_MEMORY) {
            throw invalid("memorySize: %d (expected: %d to %d, in MB)".formatted(memory, LEAST_MEMORY, MOST_MEMORY));
        }
        if (invocationsPerHost < 1 || invocationsPerHost > MOST_INVOCATIONS_PER_HOST) {
            throw invalid("invocationsPerHost: %d (expected: 1 to %d)"
                    .formatted(invocationsPerHost, MOST_INVOCATIONS_PER_HOST));
        }
        if (triggers.size() > 1) {
            throw new BerthException(new Problem(
                    "INVALID_TRIGGER",
                    "functions",
                    "triggers: %d (expected: at most 1)".formatted(triggers.size()),
                    "Keep one trigger in config.json, or split the function, and deploy again."));
        }
    }

    public FunctionSettings withPermissions(Set<String> value) {
        return new FunctionSettings(
                handler, timeLimit, memory, invocationsPerHost, variables, new TreeSet<>(value), triggers);
    }

    /** Without the values of the variables: they may be secret. */
    @Override
    public String toString() {
        return "FunctionSettings[handler=%s, timeLimit=%s, memory=%d, variables=%s, permissions=%s, triggers=%s]"
                .formatted(handler, timeLimit, memory, variables.keySet(), permissions, triggers);
    }

    private static BerthException invalid(String message) {
        return new BerthException(new Problem(
                "INVALID_FUNCTION_SETTING",
                "functions",
                message,
                "Correct config.json or the option, and deploy again."));
    }
}
