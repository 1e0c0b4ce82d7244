package dev.berth.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What was read from one place after another: the values, where each comes from, and everything that is wrong. */
final class ConfigFindings {
    private final ServerConfig defaults;
    private final SequencedMap<String, Object> values;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    ConfigFindings(ServerConfig defaults) {
        this.defaults = defaults;
        this.values = ConfigKeys.of(defaults);
    }

    /** All keys, each with the value that holds so far. */
    SequencedMap<String, Object> values() {
        return values;
    }

    /** Of the keys that do not have their default: {@code server.yaml:3:9}, {@code BERTH_GATEWAY_PORT}. */
    Map<String, String> sources() {
        return sources;
    }

    List<String> faults() {
        return faults;
    }

    void accept(String source, String key, Object value) {
        ConfigKeys.fault(defaults, key, value)
                .ifPresentOrElse(reason -> fault(source, reason), () -> put(source, key, value));
    }

    private void put(String source, String key, Object value) {
        values.put(key, value);
        sources.put(key, source);
    }

    void refuse(String source, String key, String written) {
        fault(
                source,
                "%s: %s (expected: %s)".formatted(key, written, ConfigText.expected(values.getOrDefault(key, ""))));
    }

    void fault(String source, String reason) {
        faults.add(source + ": " + reason);
    }
}
