package dev.berth.hosting;

import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Registry;
import dev.berth.core.Release;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How services and versions stand: what the directory and the registry say, with the counts of the pools. */
final class StatusReport {
    private final Registry registry;
    private final DirectorySource directory;
    private final ServiceActivator activator;

    StatusReport(Registry registry, DirectorySource directory, ServiceActivator activator) {
        this.registry = registry;
        this.directory = directory;
        this.activator = activator;
    }

    /** All services of an environment, by name; none if there is no such environment. */
    List<ServiceStatus> services(String environmentId) {
        return directory.current().environment(environmentId).map(EnvironmentEntry::services).map(Map::values).stream()
                .flatMap(Collection::stream)
                .map(this::service)
                .sorted(Comparator.comparing(status -> status.service().name()))
                .toList();
    }

    private ServiceStatus service(ServiceEntry entry) {
        Optional<Version> version = entry.release().shares().stream()
                .max(Comparator.comparingInt(Release.Share::weight))
                .map(Release.Share::version);
        Map<VersionId, PoolCount> counts = activator.counts(
                entry.service().environmentId(), entry.service().name());
        Optional<PoolCount> own = version.map(Version::id).map(counts::get);
        return new ServiceStatus(
                entry.service(),
                version,
                own.map(PoolCount::state).orElse(ServiceStatus.State.ZERO),
                counts.values().stream().mapToInt(PoolCount::instances).sum(),
                counts.values().stream().mapToInt(PoolCount::inFlight).sum(),
                own.flatMap(PoolCount::lastFailure));
    }

    /** Newest first; none if there is no such service. */
    List<VersionStatus> versions(String environmentId, String service) {
        Release release = directory
                .current()
                .environment(environmentId)
                .flatMap(environment -> environment.service(service))
                .map(ServiceEntry::release)
                .orElse(Release.NONE);
        Map<VersionId, PoolCount> counts = activator.counts(environmentId, service);
        return registry.versions(environmentId, service).stream()
                .map(version -> new VersionStatus(
                        version,
                        release.weightOf(version.id()),
                        Optional.ofNullable(counts.get(version.id()))
                                .map(PoolCount::instances)
                                .orElse(0)))
                .toList();
    }
}
