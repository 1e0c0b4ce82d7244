package dev.berth.server;

import static java.util.stream.Collectors.joining;

import dev.berth.core.BerthException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration that holds, and where each value comes from: defaults, then one YAML file, then the environment; each
 * wins over the one before.
 *
 * @param sources of the keys that do not have their default: {@code server.yaml:3:9}, {@code BERTH_GATEWAY_PORT}
 * @param warnings about variables that look like keys but are none
 */
public record Configuration(ServerConfig values, Map<String, String> sources, List<String> warnings) {
    public Configuration {
        sources = Map.copyOf(sources);
        warnings = List.copyOf(warnings);
    }

    /** Made by a program: nobody can say where a value comes from. */
    static Configuration of(ServerConfig values) {
        return new Configuration(values, Map.of(), List.of());
    }

    /** @throws BerthException {@code CONFIG_INVALID}, naming everything that is wrong, and where */
    public static Configuration load(ServerConfig defaults, Optional<Path> file, Map<String, String> environment) {
        ConfigFindings findings = new ConfigFindings(defaults);
        file.ifPresent(path -> new ConfigYaml(path.toString(), ConfigFile.text(path), findings).read());
        new ConfigVariables(environment).readInto(findings);
        refuseIfFaulty(findings.faults());
        ServerConfig values = ConfigKeys.toConfig(findings.values());
        ConfigRules.misfit(values)
                .ifPresent(misfit -> refuseIfFaulty(List.of(misfit.keys().stream()
                        .filter(findings.sources()::containsKey)
                        .findFirst()
                        .map(key -> findings.sources().get(key) + ": " + misfit.text())
                        .orElse(misfit.text()))));
        return new Configuration(
                values,
                findings.sources(),
                ConfigVariables.strangers(environment, findings.values().keySet()));
    }

    private static void refuseIfFaulty(List<String> faults) {
        if (faults.isEmpty()) {
            return;
        }
        String message = faults.size() == 1
                ? faults.getFirst()
                : faults.stream()
                        .collect(joining("\n  ", faults.size() + " things in the configuration are wrong\n  ", ""));
        throw ConfigFile.invalid(message, "Correct it and start again; every key is in docs/configuration.md.");
    }

    /** {@code {"settings":[{"key","value","source","variable"}]}}, in the order of the page docs/configuration.md. */
    public JsonObject toJson() {
        JsonArray settings = new JsonArray();
        ConfigKeys.of(values)
                .forEach((key, value) -> settings.add(new JsonObject()
                        .put("key", key)
                        .put("value", json(value))
                        .put("source", sources.getOrDefault(key, "default"))
                        .put("variable", ConfigVariables.nameOf(key))));
        return new JsonObject().put("settings", settings);
    }

    private static Object json(Object value) {
        return switch (value) {
            case Integer number -> number;
            case Boolean flag -> flag;
            case List<?> list -> new JsonArray(list);
            default -> ConfigText.print(value);
        };
    }
}
