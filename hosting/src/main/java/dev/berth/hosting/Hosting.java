package dev.berth.hosting;

import static java.util.Objects.requireNonNull;

import dev.berth.artifacts.NpmInstall;
import dev.berth.artifacts.TarUnpacker;
import dev.berth.core.Activator;
import dev.berth.core.BerthException;
import dev.berth.core.DirectorySource;
import dev.berth.core.EventRecorder;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.InwardDoor;
import dev.berth.core.IoReason;
import dev.berth.core.Registry;
import dev.berth.core.Release;
import dev.berth.core.VersionId;
import dev.berth.logs.Log;
import dev.berth.logs.LogBook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The room as the server sees it. Methods other than {@link #activator} block; call them on virtual threads. */
public final class Hosting implements AutoCloseable {
    /**
     * What holds for every service.
     *
     * @param readyWithin so long the port of an instance may take to open (HO-35)
     * @param stopGrace so long an instance that was asked to end may take, before it is killed (HO-35)
     * @param logBytes of a service's log file; there is one predecessor of the same size beside it
     */
    public record Rules(Duration readyWithin, Duration stopGrace, long logBytes) {
        public static final Rules DEFAULT = new Rules(Duration.ofSeconds(60), Duration.ofSeconds(10), 10L << 20);

        public Rules {
            if (logBytes < 1024) {
                throw new IllegalArgumentException("logBytes: %d (expected: >= 1024)".formatted(logBytes));
            }
        }
    }

    private final ServiceFolders folders;
    private final LogBook logs;
    private final ServiceActivator activator;
    private final Rollout rollout;
    private final Releases releases;
    private final Removal removal;
    private final StatusReport report;

    /**
     * Cleans up what an interrupted deployment left in the data folder, and starts in the background what is to run
     * even without calls.
     *
     * @param runtime remains the caller's to close, after this
     * @param door admits each instance from its start to its end
     */
    public Hosting(
            Path data,
            InstanceRuntime runtime,
            InwardDoor door,
            Registry registry,
            DirectorySource directory,
            Clock clock,
            EventRecorder events) {
        this(data, runtime, door, registry, directory, clock, events, Rules.DEFAULT);
    }

    /** With other rules than the {@link Rules#DEFAULT usual}. */
    public Hosting(
            Path data,
            InstanceRuntime runtime,
            InwardDoor door,
            Registry registry,
            DirectorySource directory,
            Clock clock,
            EventRecorder events,
            Rules rules) {
        this(
                data,
                runtime,
                door,
                registry,
                directory,
                clock,
                events,
                rules,
                new NpmInstall("npm"),
                TarUnpacker.Bounds.DEFAULT);
    }

    Hosting(
            Path data,
            InstanceRuntime runtime,
            InwardDoor door,
            Registry registry,
            DirectorySource directory,
            Clock clock,
            EventRecorder events,
            Rules rules,
            NpmInstall npm,
            TarUnpacker.Bounds bounds) {
        requireNonNull(runtime, "runtime is null");
        requireNonNull(door, "door is null");
        requireNonNull(registry, "registry is null");
        requireNonNull(directory, "directory is null");
        try {
            this.folders = new ServiceFolders(data);
            this.logs = new LogBook(data.resolve("logs"), clock, rules.logBytes());
            new InterruptedWork(registry, directory, folders, logs).remove();
        } catch (IOException e) {
            throw Refused.because(
                    "STORAGE_FAILED",
                    "The data folder %s cannot be used: %s".formatted(data, IoReason.of(e)),
                    "Look at free space and permissions, and start again.",
                    e);
        }
        ServiceLocks locks = new ServiceLocks();
        InstanceStarter starter =
                new InstanceStarter(runtime, door, folders, logs, new InstanceEvents(events, clock), rules);
        this.activator = new ServiceActivator(starter);
        this.releases = new Releases(registry, directory, locks, activator);
        OldVersions oldVersions = new OldVersions(folders, runtime, registry, activator);
        Deployer deployer = new Deployer(folders, registry, directory, locks, npm, clock, bounds);
        this.rollout = new Rollout(deployer, releases, oldVersions, starter, directory, locks);
        this.removal = new Removal(oldVersions, folders, logs, runtime, registry, locks, activator);
        this.report = new StatusReport(registry, directory, activator);
        Thread.ofVirtual().name("start the minimum").start(releases::startMinimum);
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
        return rollout.full(request, progress);
    }

    /**
     * Makes a version of what was sent, and gives it a part of the traffic once an instance of it is ready (HO-14). The
     * first version of a service gets all (HO-8).
     *
     * @param weight in per cent; the other version with most traffic gets the rest
     * @throws BerthException with the reason; nothing of the deployment is left then
     */
    public Deployed deployGray(DeployRequest request, int weight, Consumer<String> progress) {
        return rollout.gray(request, weight, progress);
    }

    /**
     * Moves the traffic of a service. A version that gets traffic and had none is started first; if it does not become
     * ready, nothing changes (HO-14).
     *
     * @param weights by the name of the version, in per cent; 100 together, or all 0 (HO-9)
     * @throws BerthException {@code SERVICE_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code INVALID_WEIGHT}, {@code PORT_FIXED},
     *     {@code VERSION_NOT_READY}
     */
    public Release release(String environmentId, String service, Map<String, Integer> weights) {
        return releases.release(environmentId, service, weights);
    }

    /** The same for one version; the rest goes to the other one that has most now. */
    public Release release(String environmentId, String service, String version, int weight) {
        return releases.release(environmentId, service, version, weight);
    }

    /**
     * HO-10: gives all traffic back.
     *
     * @param version an older one; if empty, the one that had all the traffic before
     * @throws BerthException {@code ROLLBACK_IMPOSSIBLE}, and those of {@link #release(String, String, Map)}
     */
    public Release rollback(String environmentId, String service, Optional<String> version) {
        return releases.rollback(environmentId, service, version);
    }

    /** Newest first; none if there is no such service. */
    public List<VersionStatus> versions(String environmentId, String service) {
        return report.versions(environmentId, service);
    }

    /** @throws BerthException {@code VERSION_UNKNOWN}, or {@code VERSION_IN_USE} while it has traffic */
    public void removeVersion(VersionId version) {
        removal.remove(version);
    }

    /** All services of an environment, by name; none if there is no such environment. */
    public List<ServiceStatus> status(String environmentId) {
        return report.services(environmentId);
    }

    /** The instances of a service, from their start to their end; by version and id. */
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
        removal.remove(environmentId, service);
    }

    /** What the service's instances wrote. */
    public Log log(String environmentId, String service) {
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
}
