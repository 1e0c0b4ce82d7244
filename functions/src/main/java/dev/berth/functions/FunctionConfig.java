package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.artifacts.JsonFile;
import dev.berth.core.BerthException;
import dev.berth.core.FunctionSettings;
import dev.berth.core.Names;
import dev.berth.core.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a function's {@code config.json} says (HO-52 to HO-61). Time limit, memory, variables, handler and installation
 * are taken from it as well, which WeChat's command line does not do (HO-54).
 *
 * @param install {@code installDependency}
 */
record FunctionConfig(
        Optional<String> handler,
        Optional<Duration> timeLimit,
        OptionalInt memory,
        OptionalInt invocationsPerHost,
        Map<String, String> variables,
        SortedSet<String> permissions,
        List<Trigger> triggers,
        Optional<Boolean> install) {
    static final String FILE = "config.json";
    static final FunctionConfig NONE = new FunctionConfig(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Map.of(),
            Collections.emptySortedSet(),
            List.of(),
            Optional.empty());

    private static final String HINT = "Correct config.json, or remove it.";
    private static final Set<String> KNOWN = Set.of(
            "permissions",
            "triggers",
            "timeout",
            "memorySize",
            "envVariables",
            "installDependency",
            "handler",
            "invocationsPerHost");
    private static final Pattern API = Pattern.compile("[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9]*)+");

    FunctionConfig {
        variables = Map.copyOf(variables);
        permissions = Collections.unmodifiableSortedSet(new TreeSet<>(permissions));
        triggers = List.copyOf(triggers);
    }

    /**
     * @param progress told what is in the file and does nothing
     * @return {@link #NONE} if the folder has no such file
     * @throws BerthException {@code FUNCTION_CONFIG_INVALID}, naming line or field; {@code INVALID_TRIGGER}; {@code
     *     INVALID_VARIABLE}
     */
    static FunctionConfig read(Path folder, ConfigChecks checks, Consumer<String> progress) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        JsonNode json = JsonFile.read(file, "FUNCTION_CONFIG_INVALID", HINT);
        ConfigFields fields = new ConfigFields(json, "");
        fields.tellUnknown(KNOWN, progress);
        OptionalInt timeout =
                fields.number("timeout", 1, checks.longestTimeLimit().toSeconds(), ", in seconds");
        return new FunctionConfig(
                fields.text("handler"),
                timeout.stream().mapToObj(Duration::ofSeconds).findFirst(),
                fields.number("memorySize", FunctionSettings.LEAST_MEMORY, FunctionSettings.MOST_MEMORY, ", in MB"),
                fields.number("invocationsPerHost", 1, FunctionSettings.MOST_INVOCATIONS_PER_HOST, ""),
                variables(fields),
                permissions(fields, checks, progress),
                triggers(fields, checks, progress),
                fields.truth("installDependency"));
    }

    private static Map<String, String> variables(ConfigFields fields) {
        Map<String, String> variables = fields.object("envVariables").variables();
        variables.keySet().forEach(Names::requireVariableName);
        return variables;
    }

    /** HO-53. The name of an API that Berth does not know may be right all the same: it may be newer. */
    private static SortedSet<String> permissions(ConfigFields fields, ConfigChecks checks, Consumer<String> progress) {
        ConfigFields permissions = fields.object("permissions");
        permissions.tellUnknown(Set.of("openapi"), progress);
        SortedSet<String> names = new TreeSet<>();
        for (String name : permissions.texts("openapi")) {
            if (!API.matcher(name).matches()) {
                throw permissions.invalid("openapi", name, "names such as subscribeMessage.send");
            }
            if (names.add(name)) {
                checks.apiNote()
                        .apply(name)
                        .ifPresent(
                                note -> progress.accept("%s: permissions.openapi: %s: %s".formatted(FILE, name, note)));
            }
        }
        return names;
    }

    /** HO-60. */
    private static List<Trigger> triggers(ConfigFields fields, ConfigChecks checks, Consumer<String> progress) {
        return fields.objects("triggers").stream()
                .map(trigger -> {
                    trigger.tellUnknown(Set.of("name", "type", "config"), progress);
                    String type = trigger.text("type").orElse("absent");
                    if (!type.equals("timer")) {
                        throw invalidTrigger(trigger, "type: %s (expected: timer)".formatted(type));
                    }
                    String name = trigger.text("name").orElseThrow(() -> invalidTrigger(trigger, "name: absent"));
                    String cron = trigger.text("config").orElseThrow(() -> invalidTrigger(trigger, "config: absent"));
                    checks.cron().fault(cron).ifPresent(fault -> {
                        throw invalidTrigger(trigger, "config: %s".formatted(fault));
                    });
                    return new Trigger(name, cron);
                })
                .toList();
    }

    private static BerthException invalidTrigger(ConfigFields trigger, String what) {
        return Refused.because(
                "INVALID_TRIGGER",
                "%s: %s%s".formatted(FILE, trigger.path(), what),
                "Write it like {\"name\":\"every5s\",\"type\":\"timer\",\"config\":\"*/5 * * * * * *\"}, and deploy again.");
    }
}
