package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import dev.berth.artifacts.KeyedLocks;
import dev.berth.artifacts.NpmInstall;
import dev.berth.artifacts.Trees;
import dev.berth.core.BerthException;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionRegistry;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The versions of functions: their files, the way back, and their end. Without being asked, versions are removed that are
 * older than the newest {@value #KEPT} that are not live, but never one of the two that were live last. Blocks; to be
 * called on virtual threads.
 */
final class FunctionVersions {
    static final int KEPT = 10;

    private final FunctionFiles files;
    private final ModuleSets modules;
    private final FunctionRegistry registry;
    private final DirectorySource directory;
    private final Consumer<FunctionVersionId> retirement;
    private final KeyedLocks<FunctionId> locks = new KeyedLocks<>();

    /**
     * Removes what an interrupted deployment or removal left in the data folder. One object for a data folder.
     *
     * @param retirement called when a version is no longer in the registry, before its files go; returns when nobody runs
     *     in them
     * @throws BerthException {@code STORAGE_FAILED}
     */
    FunctionVersions(
            Path data, FunctionRegistry registry, DirectorySource directory, Consumer<FunctionVersionId> retirement) {
        this(data, registry, directory, retirement, new NpmInstall("npm"));
    }

    FunctionVersions(
            Path data,
            FunctionRegistry registry,
            DirectorySource directory,
            Consumer<FunctionVersionId> retirement,
            NpmInstall npm) {
        this.registry = requireNonNull(registry, "registry is null");
        this.directory = requireNonNull(directory, "directory is null");
        this.retirement = requireNonNull(retirement, "retirement is null");
        try {
            files = new FunctionFiles(data);
            modules = new ModuleSets(data, npm);
            files.sweep(this::known);
            modules.sweep(files::linkedSets);
        } catch (IOException e) {
            throw Refused.because(
                    "STORAGE_FAILED",
                    "The data folder %s cannot be used: %s".formatted(data, e),
                    "Look at free space and permissions, and start again.",
                    e);
        }
    }

    /** Never changed once the version is in the registry. */
    Path filesOf(FunctionVersionId version) {
        return files.filesOf(version);
    }

    /** Newest first; none if there is no such function. */
    List<FunctionVersion> list(FunctionId function) {
        return registry.versions(function);
    }

    /**
     * Makes another version live.
     *
     * @param name of any version that is there; if empty, the latest that was live and is older than the present one
     * @return the version that is live now
     * @throws BerthException {@code FUNCTION_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code ROLLBACK_IMPOSSIBLE}
     */
    FunctionVersion rollback(FunctionId function, Optional<String> name) {
        return locks.holding(function, () -> {
            FunctionVersion live = live(function).orElseThrow(() -> unknown(function));
            List<FunctionVersion> there = registry.versions(function);
            FunctionVersion back = name.isPresent()
                    ? FunctionWayBack.named(live, name.get(), there)
                    : FunctionWayBack.find(live, registry.releases(function), there);
            registry.release(back.id());
            return back;
        });
    }

    /** @throws BerthException {@code VERSION_UNKNOWN}, {@code VERSION_IN_USE} if it is live, {@code STORAGE_FAILED} */
    void remove(FunctionVersionId version) {
        deleting(() -> locks.holding(version.function(), () -> {
            removeHeld(version);
            modules.sweep(files::linkedSets);
            return version;
        }));
    }

    /**
     * With all its versions.
     *
     * @throws BerthException {@code FUNCTION_UNKNOWN}, {@code STORAGE_FAILED}
     */
    void remove(FunctionId function) {
        deleting(() -> locks.holding(function, () -> {
            List<FunctionVersion> versions = registry.versions(function);
            registry.remove(function);
            versions.forEach(version -> retirement.accept(version.id()));
            Trees.delete(files.folderOf(function));
            modules.sweep(files::linkedSets);
            return function;
        }));
    }

    FunctionFiles files() {
        return files;
    }

    ModuleSets modules() {
        return modules;
    }

    KeyedLocks<FunctionId> locks() {
        return locks;
    }

    Optional<FunctionVersion> live(FunctionId function) {
        return directory.current().function(function).map(FunctionEntry::live);
    }

    /** To be called with the function's lock. */
    void prune(FunctionId function) throws IOException {
        Optional<FunctionVersionId> live = live(function).map(FunctionVersion::id);
        List<FunctionVersionId> back =
                registry.releases(function).stream().distinct().limit(2).toList();
        List<FunctionVersionId> old = registry.versions(function).stream()
                .map(FunctionVersion::id)
                .filter(id -> !live.equals(Optional.of(id)))
                .skip(KEPT)
                .filter(id -> !back.contains(id))
                .toList();
        for (FunctionVersionId id : old) {
            removeHeld(id);
        }
        if (!old.isEmpty()) {
            modules.sweep(files::linkedSets);
        }
    }

    private void removeHeld(FunctionVersionId version) throws IOException {
        registry.removeVersion(version);
        retirement.accept(version);
        Trees.delete(files.filesOf(version));
    }

    /** The registry is asked only if there is more than the live version: a start with many functions is to be quick. */
    private List<String> known(String environmentId, String name, Set<String> found) {
        Optional<FunctionEntry> entry =
                directory.current().environment(environmentId).flatMap(env -> env.function(name));
        if (entry.isEmpty()) {
            return List.of();
        }
        String live = entry.get().live().id().name();
        if (Set.of(live).containsAll(found)) {
            return List.of(live);
        }
        return registry.versions(entry.get().id()).stream()
                .map(version -> version.id().name())
                .toList();
    }

    private interface Work {
        Object run() throws IOException;
    }

    private static void deleting(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw Refused.because(
                    "STORAGE_FAILED",
                    "Files cannot be deleted: %s".formatted(e),
                    "They go with the next start of the server.",
                    e);
        }
    }

    private static BerthException unknown(FunctionId function) {
        return Refused.because(
                "FUNCTION_UNKNOWN",
                "function: %s (expected: one that is there)".formatted(function.name()),
                "See what there is with: berth functions");
    }
}
