package dev.berth.functions;

import dev.berth.core.CloudCall;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Environment;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionSettings;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One environment, {@code prod-01}, and functions that have a trigger. */
final class DirectoryDouble implements DirectorySource {
    private final Map<String, FunctionEntry> functions = new TreeMap<>();
    private volatile Directory current = Directory.EMPTY;
    private int version;

    @Override
    public Directory current() {
        return current;
    }

    void put(FunctionId function, Trigger trigger) {
        add(function, trigger);
        publish();
    }

    void putMany(int count, Trigger trigger) {
        for (int i = 0; i < count; i++) {
            add(new FunctionId("prod-01", "f" + i), trigger);
        }
        publish();
    }

    void remove(FunctionId function) {
        functions.remove(function.name());
        publish();
    }

    private void add(FunctionId function, Trigger trigger) {
        version++;
        FunctionSettings usual = FunctionSettings.DEFAULTS;
        FunctionSettings settings = new FunctionSettings(
                usual.handler(),
                usual.timeLimit(),
                usual.memory(),
                usual.invocationsPerHost(),
                usual.variables(),
                usual.permissions(),
                List.of(trigger));
        functions.put(
                function.name(),
                new FunctionEntry(
                        function,
                        new FunctionVersion(
                                new FunctionVersionId(function, version),
                                "digest" + version,
                                settings,
                                Instant.EPOCH)));
    }

    private void publish() {
        EnvironmentEntry entry = new EnvironmentEntry(
                new Environment("prod-01", "wx1111111111111111"), Set.of(), CloudCall.DEFAULT, Map.of(), functions);
        current = new Directory(Map.of(), Map.of("prod-01", entry));
    }
}
