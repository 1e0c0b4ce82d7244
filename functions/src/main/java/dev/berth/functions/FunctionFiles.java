package dev.berth.functions;

import dev.berth.artifacts.ArtifactId;
import dev.berth.artifacts.VersionFolders;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the files of functions lie: {@code <data>/function-versions/<env>/<function>/<function>-NNN}; see {@link
 * VersionFolders}.
 */
final class FunctionFiles {
    private final Path root;
    private final VersionFolders folders;

    FunctionFiles(Path data) throws IOException {
        root = Files.createDirectories(data.resolve("function-versions")).toRealPath();
        folders = new VersionFolders(root);
    }

    Path filesOf(FunctionVersionId id) {
        return folders.filesOf(artifact(id));
    }

    Path folderOf(FunctionId function) {
        return folders.folderOf(function.environmentId(), function.name());
    }

    /** Whether the files are there, and the modules that they lead to. */
    boolean areThere(FunctionVersionId id) throws IOException {
        Path files = filesOf(id);
        return Files.isDirectory(files) && set(files).map(Files::isDirectory).orElse(true);
    }

    Path newIncoming() throws IOException {
        return folders.newIncoming();
    }

    /** Lets files that are not yet in their place lead to modules as they will from there. */
    void link(Path incoming, FunctionId function, Path modules) throws IOException {
        Path from = folderOf(function).resolve("version");
        Files.createSymbolicLink(incoming.resolve(ModuleSets.MODULES), from.relativize(modules));
    }

    /** Durable when it returns. */
    void place(Path incoming, FunctionVersionId id) throws IOException {
        folders.place(incoming, artifact(id));
    }

    /** Removes what an interrupted deployment or removal left. */
    void sweep(VersionFolders.Known known) throws IOException {
        folders.sweep(known);
    }

    /** The keys of the sets that versions lead to; see {@link ModuleSets.Linked}. */
    Set<String> linkedSets() throws IOException {
        Set<String> keys = new HashSet<>();
        for (Path environment : list(root)) {
            for (Path function : list(environment)) {
                for (Path version : list(function)) {
                    set(version).map(set -> set.getFileName().toString()).ifPresent(keys::add);
                }
            }
        }
        return keys;
    }

    /** The set that a version leads to. Of links, only ours go upward: one that was sent stays among what was sent. */
    private static Optional<Path> set(Path version) throws IOException {
        Path modules = version.resolve(ModuleSets.MODULES);
        try {
            return Files.isSymbolicLink(modules)
                    ? Optional.of(Files.readSymbolicLink(modules))
                            .filter(target -> target.startsWith(".."))
                            .map(target -> version.resolve(target).resolveSibling(""))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty(); // removed meanwhile
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of(); // removed meanwhile, or the file of an upload
        }
    }

    private static ArtifactId artifact(FunctionVersionId id) {
        FunctionId function = id.function();
        return new ArtifactId(function.environmentId(), function.name(), id.name());
    }
}
