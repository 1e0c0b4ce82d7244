package dev.berth.hosting;

import static java.util.Objects.requireNonNull;

import dev.berth.core.Activator;
import dev.berth.core.BerthException;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.EventRecorder;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.Registry;
import dev.berth.core.Release;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The room as the server sees it. Methods other than {@link #activator} block; call them on virtual threads. */
public final class Hosting implements AutoCloseable {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

    private final VersionFolders folders;
    private final InstanceRuntime runtime;
    private final Registry registry;
    private final DirectorySource directory;
    private final ServiceLocks locks = new ServiceLocks();
    private final LogBook logs;
    private final InstanceStarter starter;
    private final ServiceActivator activator;
    private final Deployer deployer;

    /**
     * Cleans up what an interrupted deployment left in the data folder.
     *
     * @param runtime remains the caller's to close, after this
     */
    public Hosting(
            Path data,
            InstanceRuntime runtime,
            Registry registry,
            DirectorySource directory,
            Clock clock,
            EventRecorder events) {
        this(data, runtime, registry, directory, clock, events, new NpmInstall("npm"), TarUnpacker.Bounds.DEFAULT);
    }

    Hosting(
            Path data,
            InstanceRuntime runtime,
            Registry registry,
            DirectorySource directory,
            Clock clock,
            EventRecorder events,
            NpmInstall npm,
            TarUnpacker.Bounds bounds) {
        this.runtime = requireNonNull(runtime, "runtime is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.directory = requireNonNull(directory, "directory is null");
        try {
            this.folders = new VersionFolders(data);
            this.logs = new LogBook(data, clock);
            new InterruptedWork(registry, directory, folders, logs).remove();
        } catch (IOException e) {
            throw Refused.because(
                    "STORAGE_FAILED",
                    "The data folder %s cannot be used: %s".formatted(data, e),
                    "Look at free space and permissions, and start again.",
                    e);
        }
        this.starter = new InstanceStarter(runtime, folders, logs, new InstanceEvents(events, clock));
        this.activator = new ServiceActivator(starter);
        this.deployer = new Deployer(folders, registry, directory, locks, npm, clock, bounds);
    }

    public Activator activator() {
        return activator;
    }

    /**
     * Makes a version of what was sent and gives it all traffic; the instance before drains.
     *
     * @param progress told one sentence a time, on the calling thread
     * @throws BerthException with the reason; nothing of the deployment is left then
     */
    public Deployed deploy(DeployRequest request, Consumer<String> progress) {
        Deployed deployed = deployer.deploy(request, progress);
        if (deployed.changed()) {
            releaseMoved(request.environmentId(), request.service());
            starter.prepare(deployed.version());
        }
        return deployed;
    }

    /** To be called after a release or a rollback: instances of versions without traffic finish their calls and stop. */
    public void releaseMoved(String environmentId, String service) {
        List<VersionId> kept =
                entry(environmentId, service).map(entry -> entry.release().shares()).orElse(List.of()).stream()
                        .filter(share -> share.weight() > 0)
                        .map(share -> share.version().id())
                        .toList();
        activator.retireAllBut(environmentId, service, kept);
    }

    /** Stops the version's instance as soon as its last call has ended. A later lease starts a new one. */
    public void retire(VersionId version) {
        activator.retire(version);
    }

    /** All services of an environment, by name; none if there is no such environment. */
    public List<ServiceStatus> status(String environmentId) {
        return directory.current().environment(environmentId).map(EnvironmentEntry::services).map(Map::values).stream()
                .flatMap(Collection::stream)
                .map(this::status)
                .sorted(Comparator.comparing(status -> status.service().name()))
                .toList();
    }

    private ServiceStatus status(ServiceEntry entry) {
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

    /** The running instances of a service, those that only finish their calls included; by version and id. */
    public List<InstanceStatus> instances(String environmentId, String service) {
        return activator.instances(environmentId, service);
    }

    /**
     * Takes the service from the registry, lets its calls end (for a minute at most), stops it, and deletes its files
     * and logs.
     *
     * @throws BerthException {@code SERVICE_UNKNOWN}
     */
    public void remove(String environmentId, String service) {
        try {
            locks.holding(environmentId, service, () -> {
                List<Version> versions = registry.versions(environmentId, service);
                registry.removeService(environmentId, service);
                activator.remove(environmentId, service, DRAIN_LIMIT);
                for (Version version : versions) {
                    runtime.discard(folders.filesOf(version.id()));
                }
                Trees.delete(folders.folderOf(environmentId, service));
                // a call that was chosen before the removal may have woken a version after its pool was closed
                activator.remove(environmentId, service, Duration.ZERO);
                logs.remove(environmentId, service);
                return versions.size();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the service's instances wrote. */
    public ServiceLog log(String environmentId, String service) {
        return logs.of(environmentId, service);
    }

    public Path filesOf(VersionId version) {
        return folders.filesOf(version);
    }

    /** Stops all instances and waits for their end. */
    @Override
    public void close() {
        activator.close();
        logs.close();
    }

    private Optional<ServiceEntry> entry(String environmentId, String service) {
        return directory.current().environment(environmentId).flatMap(env -> env.service(service));
    }
}
