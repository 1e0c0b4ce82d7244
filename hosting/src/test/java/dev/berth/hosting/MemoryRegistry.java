package dev.berth.hosting;

import static java.util.Objects.requireNonNull;

import dev.berth.core.App;
import dev.berth.core.CloudCall;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Environment;
import dev.berth.core.Registry;
import dev.berth.core.Release;
import dev.berth.core.Service;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The registry without a database. */
final class MemoryRegistry implements Registry, DirectorySource {
    private final Map<String, Map<String, ServiceEntry>> environments = new TreeMap<>();
    private final Map<String, List<Version>> versions = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<VersionId> full = new ArrayList<>();
    private volatile Directory directory = Directory.EMPTY;

    /** The services whose versions were asked for, each time. */
    final List<String> asked = new ArrayList<>();

    /** Throws to make a release fail. */
    volatile Consumer<Version> beforeAdd = _ -> {};

    MemoryRegistry(String... environmentIds) {
        for (String id : environmentIds) {
            putEnvironment(new Environment(id, "wx1111111111111111"));
        }
    }

    @Override
    public Directory current() {
        return directory;
    }

    @Override
    public void putApp(App app, String secret) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized void putEnvironment(Environment environment) {
        environments.putIfAbsent(environment.id(), new TreeMap<>());
        publish();
    }

    @Override
    public void grant(String environmentId, String appId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void withdraw(String environmentId, String appId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CloudCall changeCloudCall(String environmentId, UnaryOperator<CloudCall> change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized void putService(Service service) {
        servicesOf(service.environmentId())
                .merge(
                        service.name(),
                        new ServiceEntry(service, Release.NONE),
                        (old, _) -> new ServiceEntry(service, old.release()));
        publish();
    }

    @Override
    public synchronized void removeService(String environmentId, String service) {
        if (servicesOf(environmentId).remove(service) == null) {
            throw Refused.because("SERVICE_UNKNOWN", "service: " + service, "Look for another.");
        }
        versions.remove(environmentId + "/" + service);
        publish();
    }

    @Override
    public synchronized VersionId reserveVersion(String environmentId, String service) {
        return new VersionId(environmentId, service, numbers.merge(environmentId + "/" + service, 1, Integer::sum));
    }

    @Override
    public synchronized void addAndRelease(Version version) {
        add(version);
        VersionId id = version.id();
        release(id.environmentId(), id.service(), Release.full(version));
    }

    @Override
    public synchronized void add(Version version) {
        beforeAdd.accept(version);
        VersionId id = version.id();
        versions.computeIfAbsent(id.environmentId() + "/" + id.service(), _ -> new ArrayList<>())
                .addFirst(version);
    }

    @Override
    public synchronized List<Version> versions(String environmentId, String service) {
        asked.add(service);
        return List.copyOf(versions.getOrDefault(environmentId + "/" + service, List.of()));
    }

    @Override
    public synchronized void release(String environmentId, String service, Release release) {
        servicesOf(environmentId).computeIfPresent(service, (_, entry) -> new ServiceEntry(entry.service(), release));
        release.sole().ifPresent(version -> full.addFirst(version.id()));
        publish();
    }

    @Override
    public synchronized List<VersionId> fullReleases(String environmentId, String service) {
        return full.stream()
                .filter(id -> id.service().equals(service) && id.environmentId().equals(environmentId))
                .toList();
    }

    @Override
    public synchronized void removeVersion(VersionId version) {
        Release release = entry(version.environmentId(), version.service()).release();
        if (release.weightOf(version) > 0) {
            throw Refused.because("VERSION_IN_USE", "version: " + version, "Take its traffic first.");
        }
        full.removeIf(version::equals);
        requireNonNull(versions.get(version.environmentId() + "/" + version.service()))
                .removeIf(one -> one.id().equals(version));
    }

    ServiceEntry entry(String environmentId, String service) {
        return directory
                .environment(environmentId)
                .orElseThrow()
                .service(service)
                .orElseThrow();
    }

    private Map<String, ServiceEntry> servicesOf(String environmentId) {
        return requireNonNull(environments.get(environmentId), environmentId);
    }

    private void publish() {
        Map<String, EnvironmentEntry> entries = new HashMap<>();
        environments.forEach((id, services) -> entries.put(
                id,
                new EnvironmentEntry(
                        new Environment(id, "wx1111111111111111"), Set.of(), CloudCall.DEFAULT, services)));
        directory = new Directory(Map.of(), entries);
    }
}
