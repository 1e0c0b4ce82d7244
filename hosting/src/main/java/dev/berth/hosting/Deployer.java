package dev.berth.hosting;

import static java.util.Objects.requireNonNull;

import dev.berth.artifacts.LinkTarget;
import dev.berth.artifacts.NpmInstall;
import dev.berth.artifacts.TarUnpacker;
import dev.berth.artifacts.Trees;
import dev.berth.core.AccessKind;
import dev.berth.core.BerthException;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Launch;
import dev.berth.core.Registry;
import dev.berth.core.Release;
import dev.berth.core.Service;
import dev.berth.core.Settings;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes versions out of uploads. A new version is complete and durable before anyone hears of it, and then gets all
 * traffic (HO-8), or none yet; a deployment that fails leaves nothing behind. Blocks; to be called on virtual threads.
 */
final class Deployer {
    private final ServiceFolders folders;
    private final Registry registry;
    private final DirectorySource directory;
    private final ServiceLocks locks;
    private final NpmInstall npm;
    private final Clock clock;
    private final TarUnpacker.Bounds bounds;

    Deployer(
            ServiceFolders folders,
            Registry registry,
            DirectorySource directory,
            ServiceLocks locks,
            NpmInstall npm,
            Clock clock,
            TarUnpacker.Bounds bounds) {
        this.folders = requireNonNull(folders, "folders is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.directory = requireNonNull(directory, "directory is null");
        this.locks = requireNonNull(locks, "locks is null");
        this.npm = requireNonNull(npm, "npm is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.bounds = requireNonNull(bounds, "bounds is null");
    }

    /**
     * @param progress told one sentence a time, on the calling thread
     * @throws BerthException see the codes in {@link TarUnpacker}, {@link LaunchFinder}, {@link NpmInstall}; {@code
     *     ENV_UNKNOWN}; {@code STORAGE_FAILED}
     */
    Deployed deploy(DeployRequest request, Consumer<String> progress) {
        return deploy(request, registry::addAndRelease, progress);
    }

    /** The same, without traffic for the new version. */
    Deployed deployAside(DeployRequest request, Consumer<String> progress) {
        return deploy(request, registry::add, progress);
    }

    private Deployed deploy(DeployRequest request, Consumer<Version> adding, Consumer<String> progress) {
        environment(request.environmentId());
        try {
            Path incoming = folders.newIncoming();
            try {
                // before the lock: a slow sender holds up nobody
                TarUnpacker.unpack(request.tar(), incoming, bounds);
                return locks.holding(
                        request.environmentId(),
                        request.service(),
                        () -> deployUnpacked(request, incoming, adding, progress));
            } finally {
                Trees.delete(incoming);
            }
        } catch (IOException | UncheckedIOException e) {
            throw Refused.because(
                    "STORAGE_FAILED",
                    "The data folder cannot be written: %s".formatted(e.getMessage()),
                    "Look at free space and permissions, and deploy again.",
                    e);
        }
    }

    private Deployed deployUnpacked(
            DeployRequest request, Path incoming, Consumer<Version> adding, Consumer<String> progress)
            throws IOException {
        ContainerConfig config = ContainerConfig.read(incoming);
        Path source = config.sourceIn(incoming);
        LinkTarget.requireAllInside(source);
        Settings settings = request.settings(config.scale());
        Launch launch = LaunchFinder.find(source, config, request.command(), request.fixedPort());
        progress.accept("Starts with: %s (%s)".formatted(launch.line(), launch.origin()));
        if (launch.port().isPresent() && settings.scale().min() > 1) {
            progress.accept("Port %d is fixed: one instance at most (expected: a program that reads PORT)"
                    .formatted(launch.port().getAsInt()));
        }

        boolean installs = request.install() && npm.isNeeded(source);
        String digest = VersionDigest.of(source, launch, settings, installs);
        Optional<Version> same = live(request)
                .filter(version -> version.digest().equals(digest))
                .filter(version -> Files.isDirectory(folders.filesOf(version.id())))
                .findFirst();
        if (same.isPresent()) {
            putAccess(request);
            return new Deployed(same.get(), false);
        }
        if (installs) {
            npm.run(source, progress);
        }
        Version version = add(request, source, digest, launch, settings, adding);
        return new Deployed(version, true);
    }

    private Version add(
            DeployRequest request,
            Path source,
            String digest,
            Launch launch,
            Settings settings,
            Consumer<Version> adding)
            throws IOException {
        boolean first = entry(request).isEmpty();
        if (first) {
            putAccess(request);
        }
        boolean done = false;
        Optional<VersionId> id = Optional.empty();
        try {
            id = Optional.of(registry.reserveVersion(request.environmentId(), request.service()));
            folders.place(source, id.get());
            Version version = new Version(id.get(), digest, launch, settings, clock.instant());
            adding.accept(version);
            done = true;
            putAccess(request);
            return version;
        } finally {
            if (!done) {
                takeBack(request, id, first);
            }
        }
    }

    private void takeBack(DeployRequest request, Optional<VersionId> id, boolean first) throws IOException {
        if (id.isPresent()) {
            Trees.delete(folders.filesOf(id.get()));
        }
        if (first) {
            registry.removeService(request.environmentId(), request.service());
        }
    }

    private void putAccess(DeployRequest request) {
        Optional<Service> present = entry(request).map(ServiceEntry::service);
        Set<AccessKind> access = !request.access().isEmpty()
                ? request.access()
                : present.map(Service::access).orElse(Set.of(AccessKind.MINIAPP));
        Service service = new Service(request.environmentId(), request.service(), access);
        if (!present.equals(Optional.of(service))) {
            registry.putService(service);
        }
    }

    /** The versions that have traffic. */
    private Stream<Version> live(DeployRequest request) {
        return entry(request).map(entry -> entry.release().live()).orElse(List.of()).stream()
                .map(Release.Share::version);
    }

    private Optional<ServiceEntry> entry(DeployRequest request) {
        return environment(request.environmentId()).service(request.service());
    }

    private EnvironmentEntry environment(String id) {
        return directory
                .current()
                .environment(id)
                .orElseThrow(() -> Refused.because(
                        "ENV_UNKNOWN",
                        "environment: %s (expected: one that exists)".formatted(id),
                        "Make it first, or name another one with --env."));
    }
}
