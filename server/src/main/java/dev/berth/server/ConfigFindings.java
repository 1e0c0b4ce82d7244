package dev.berth.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** What was read from one place after another: the values, where each comes from, and everything that is wrong. */
final class ConfigFindings {
    private final SequencedMap<String, Object> defaults;
    private final SequencedMap<String, Object> values;
    private final Map<String, String> sources = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private sealed interface Finding {}

    private record Setting(String source, String key, Object value) implements Finding {}

    private record Fault(String text) implements Finding {}

    ConfigFindings(ServerConfig defaults) {
        this.defaults = ConfigKeys.of(defaults);
        this.values = ConfigKeys.of(defaults);
    }

    /** All keys, each with the value that was found last. */
    SequencedMap<String, Object> values() {
        return values;
    }

    /** Of the keys that do not have their default: {@code server.yaml:3:9}, {@code BERTH_GATEWAY_PORT}. */
    Map<String, String> sources() {
        return sources;
    }

    void accept(String source, String key, Object value) {
        findings.add(new Setting(source, key, value));
        values.put(key, value);
        sources.put(key, source);
    }

    /** A value that is not of its key's type. */
    void refuse(String source, String key, String written) {
        fault(
                source,
                "%s: %s (expected: %s)".formatted(key, written, ConfigText.expected(defaults.getOrDefault(key, ""))));
    }

    void fault(String source, String reason) {
        findings.add(new Fault(source + ": " + reason));
    }

    /** In the order in which they were found. */
    List<String> faults() {
        return findings.stream().flatMap(this::fault).toList();
    }

    private Stream<String> fault(Finding finding) {
        return switch (finding) {
            case Fault fault -> Stream.of(fault.text());
            case Setting setting -> fault(setting).stream();
        };
    }

    /** By itself, among defaults, so that each value has its own fault told. */
    private Optional<String> fault(Setting setting) {
        Map<String, Object> alone = new HashMap<>(defaults);
        alone.put(setting.key(), setting.value());
        return ConfigKeys.fault(alone).map(reason -> setting.source() + ": " + reason);
    }
}
