package dev.berth.server;

import dev.berth.core.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The environment as configuration: for {@code gateway.port} there is {@code BERTH_GATEWAY_PORT}, and so for every key. */
final class ConfigVariables {
    private final Map<String, String> environment;

    ConfigVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    static String nameOf(String key) {
        return "BERTH_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** An empty variable is none. */
    void readInto(ConfigFindings findings) {
        findings.values().forEach((key, present) -> {
            String name = nameOf(key);
            String text = environment.getOrDefault(name, "");
            if (!text.isEmpty()) {
                ConfigText.parse(text, present)
                        .ifPresentOrElse(
                                value -> findings.accept(name, key, value), () -> findings.refuse(name, key, text));
            }
        });
    }

    /** Variables that look like keys but are none; they may belong to somebody else, so they are no faults. */
    static List<String> strangers(Map<String, String> environment, Set<String> keys) {
        Set<String> known = keys.stream().map(ConfigVariables::nameOf).collect(Collectors.toSet());
        Set<String> sections = keys.stream()
                .filter(key -> key.contains("."))
                .map(key -> nameOf(key.substring(0, key.indexOf('.'))) + "_")
                .collect(Collectors.toSet());
        return environment.keySet().stream()
                .filter(name -> !known.contains(name) && sections.stream().anyMatch(name::startsWith))
                .sorted()
                .map(name -> name + ": no such key, so it has no effect"
                        + NearestName.to(name, known)
                                .map("; did you mean %s?"::formatted)
                                .orElse(""))
                .toList();
    }
}
