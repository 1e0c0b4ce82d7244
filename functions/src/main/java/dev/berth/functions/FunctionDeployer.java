package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import dev.berth.artifacts.NpmInstall;
import dev.berth.artifacts.TarUnpacker;
import dev.berth.artifacts.Trees;
import dev.berth.core.BerthException;
import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionRegistry;
import dev.berth.core.FunctionSettings;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes versions of functions out of uploads. A new version is complete and durable before anyone hears of it, and live
 * then; a deployment that fails leaves nothing behind. One at a time for each function. Blocks; to be called on virtual
 * threads.
 */
final class FunctionDeployer {
    private static final Logger LOG = System.getLogger(FunctionDeployer.class.getName());

    private final FunctionVersions versions;
    private final FunctionRegistry registry;
    private final DirectorySource directory;
    private final ConfigChecks checks;
    private final Clock clock;
    private final NpmInstall npm;
    private final NpmSurroundings surroundings;

    /** Installs with the {@code npm} and {@code node} of the server's {@code PATH}. */
    FunctionDeployer(
            FunctionVersions versions,
            FunctionRegistry registry,
            DirectorySource directory,
            ConfigChecks checks,
            Clock clock) {
        this(
                versions,
                registry,
                directory,
                checks,
                clock,
                new NpmInstall("npm"),
                new NpmSurroundings("node", System.getenv()));
    }

    FunctionDeployer(
            FunctionVersions versions,
            FunctionRegistry registry,
            DirectorySource directory,
            ConfigChecks checks,
            Clock clock,
            NpmInstall npm,
            NpmSurroundings surroundings) {
        this.versions = requireNonNull(versions, "versions is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.directory = requireNonNull(directory, "directory is null");
        this.checks = requireNonNull(checks, "checks is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.npm = requireNonNull(npm, "npm is null");
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
    }

    /**
     * @param progress told one sentence a time, on the calling thread
     * @throws BerthException {@code ENV_UNKNOWN}; {@code TAR_BROKEN}, {@code TAR_FORBIDDEN}, {@code TAR_TOO_LARGE};
     *     {@code FUNCTION_CONFIG_INVALID}, {@code INVALID_FUNCTION_SETTING}, {@code INVALID_TRIGGER}, {@code
     *     INVALID_VARIABLE}, {@code HANDLER_MISSING}; {@code PACKAGE_JSON_INVALID}, {@code NODE_MISSING}, {@code
     *     NPM_MISSING}, {@code NPM_FAILED}; {@code STORAGE_FAILED}
     */
    DeployedFunction deploy(FunctionDeployment request, Consumer<String> progress) {
        requireEnvironment(request.function().environmentId());
        try {
            Path incoming = versions.files().newIncoming();
            try {
                // before the lock: a slow sender holds up nobody
                TarUnpacker.unpack(request.tar(), incoming, TarUnpacker.Bounds.DEFAULT);
                return versions.locks().holding(request.function(), () -> deployUnpacked(request, incoming, progress));
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

    private DeployedFunction deployUnpacked(FunctionDeployment request, Path incoming, Consumer<String> progress)
            throws IOException {
        FunctionId function = request.function();
        FunctionConfig config = FunctionConfig.read(incoming, checks, progress);
        FunctionSettings settings = request.settings(config, checks);
        HandlerFile.require(incoming, settings.handler());
        Dependencies dependencies = dependencies(incoming, request.installs(config), progress);

        String digest = FunctionDigest.of(incoming, settings, dependencies);
        Optional<FunctionVersion> live = versions.live(function);
        Optional<FunctionVersion> same = live.filter(version -> version.digest().equals(digest));
        if (same.isPresent() && versions.files().areThere(same.get().id())) {
            return new DeployedFunction(same.get(), false);
        }
        live.map(version -> new ChangedSettings(version.settings(), settings))
                .ifPresent(changed -> changed.lines(request).forEach(progress));
        FunctionVersion version = switch (dependencies) {
            case Dependencies.AsSent() -> add(function, incoming, digest, settings);
            case Dependencies.Own own -> {
                progress.accept("Installs for this function alone: " + own.reason());
                npm.run(incoming, progress);
                yield add(function, incoming, digest, settings);
            }
            case Dependencies.Shared shared -> addSharing(shared, function, incoming, digest, settings, progress);
        };
        prune(function);
        return new DeployedFunction(version, true);
    }

    private Dependencies dependencies(Path incoming, boolean installs, Consumer<String> progress) throws IOException {
        if (installs) {
            return Dependencies.of(incoming, npm, surroundings);
        }
        if (npm.isNeeded(incoming)) {
            progress.accept("package.json has dependencies, but they are neither sent nor installed, as asked for");
        }
        return new Dependencies.AsSent();
    }

    private FunctionVersion addSharing(
            Dependencies.Shared shared,
            FunctionId function,
            Path incoming,
            String digest,
            FunctionSettings settings,
            Consumer<String> progress)
            throws IOException {
        Optional<ModuleSets.Use> modules = versions.modules().use(shared, progress);
        if (modules.isEmpty()) {
            progress.accept("Installs for this function alone: an install script wrote outside of node_modules");
            npm.run(incoming, progress);
            return add(function, incoming, digest, settings);
        }
        try (ModuleSets.Use use = modules.get()) {
            versions.files().link(incoming, function, use.modules());
            return add(function, incoming, digest, settings);
        }
    }

    private FunctionVersion add(FunctionId function, Path incoming, String digest, FunctionSettings settings)
            throws IOException {
        FunctionVersionId id = registry.reserve(function);
        boolean done = false;
        try {
            versions.files().place(incoming, id);
            FunctionVersion version = new FunctionVersion(id, digest, settings, clock.instant());
            registry.addAndRelease(version);
            done = true;
            return version;
        } finally {
            if (!done) {
                Trees.delete(versions.files().filesOf(id));
            }
        }
    }

    private void prune(FunctionId function) {
        try {
            versions.prune(function);
        } catch (IOException | RuntimeException e) { // the deployment is done all the same
            LOG.log(Level.WARNING, "Old versions of %s stay until the next deployment".formatted(function), e);
        }
    }

    private void requireEnvironment(String id) {
        if (directory.current().environment(id).isEmpty()) {
            throw Refused.because(
                    "ENV_UNKNOWN",
                    "environment: %s (expected: one that exists)".formatted(id),
                    "Make it first, or name another one with --env.");
        }
    }
}
