package dev.berth.functions;

import dev.berth.core.CloudCall;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Environment;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionRegistry;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The registry of functions without a database. */
final class MemoryFunctionRegistry implements FunctionRegistry, DirectorySource {
    private final Set<String> environments;
    private final Map<FunctionId, List<FunctionVersion>> versions = new HashMap<>();
    private final Map<FunctionId, FunctionVersion> live = new HashMap<>();
    private final Map<FunctionId, Integer> numbers = new HashMap<>();
    private final List<FunctionVersionId> history = new ArrayList<>();
    private final Map<String, Instant> ticks = new HashMap<>();
    private volatile Directory directory = Directory.EMPTY;

    /** The functions whose versions were asked for, each time. */
    final List<FunctionId> asked = new ArrayList<>();

    /** Throws to make a deployment fail. */
    volatile Consumer<FunctionVersion> beforeAdd = _ -> {};

    MemoryFunctionRegistry(String... environmentIds) {
        environments = Set.of(environmentIds);
        publish();
    }

    @Override
    public Directory current() {
        return directory;
    }

    @Override
    public synchronized FunctionVersionId reserve(FunctionId function) {
        return new FunctionVersionId(function, numbers.merge(function, 1, Integer::sum));
    }

    @Override
    public synchronized void addAndRelease(FunctionVersion version) {
        beforeAdd.accept(version);
        versions.computeIfAbsent(version.id().function(), _ -> new ArrayList<>())
                .addFirst(version);
        release(version.id());
    }

    @Override
    public synchronized void release(FunctionVersionId version) {
        live.put(version.function(), find(version));
        history.addFirst(version);
        publish();
    }

    @Override
    public synchronized List<FunctionVersionId> releases(FunctionId function) {
        return history.stream().filter(id -> id.function().equals(function)).toList();
    }

    @Override
    public synchronized List<FunctionVersion> versions(FunctionId function) {
        asked.add(function);
        return List.copyOf(versions.getOrDefault(function, List.of()));
    }

    @Override
    public synchronized void removeVersion(FunctionVersionId version) {
        FunctionVersion found = find(version);
        if (found.equals(live.get(version.function()))) {
            throw Refused.because("VERSION_IN_USE", "version: " + version, "Make another one live first.");
        }
        versions.getOrDefault(version.function(), new ArrayList<>()).remove(found);
        history.removeIf(version::equals);
    }

    @Override
    public synchronized void remove(FunctionId function) {
        if (versions.remove(function) == null) {
            throw Refused.because("FUNCTION_UNKNOWN", "function: " + function, "Look for another.");
        }
        live.remove(function);
        history.removeIf(id -> id.function().equals(function));
        publish();
    }

    @Override
    public List<Claim> takeBackClaimsAfter(Instant time, Instant now) {
        throw new UnsupportedOperationException("no test asks for it");
    }

    @Override
    public synchronized boolean claimTick(FunctionId function, String trigger, Instant tick) {
        String key = function + "/" + trigger;
        Instant last = ticks.get(key);
        if (last != null && !tick.isAfter(last)) {
            return false;
        }
        ticks.put(key, tick);
        return true;
    }

    private FunctionVersion find(FunctionVersionId id) {
        return versions.getOrDefault(id.function(), List.of()).stream()
                .filter(version -> version.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refused.because("VERSION_UNKNOWN", "version: " + id, "Look for another."));
    }

    private void publish() {
        Map<String, EnvironmentEntry> entries = new HashMap<>();
        for (String id : environments) {
            Map<String, FunctionEntry> functions = new HashMap<>();
            live.forEach((function, version) -> {
                if (function.environmentId().equals(id)) {
                    functions.put(function.name(), new FunctionEntry(function, version));
                }
            });
            entries.put(
                    id,
                    new EnvironmentEntry(
                            new Environment(id, "wx1111111111111111"),
                            Set.of(),
                            CloudCall.DEFAULT,
                            Map.of(),
                            functions));
        }
        directory = new Directory(Map.of(), entries);
    }
}
