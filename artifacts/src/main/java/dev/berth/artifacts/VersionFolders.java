package dev.berth.artifacts;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the files of versions lie: {@code <root>/<env>/<name>/<version>}. A version comes there by one rename, so that it
 * is there as a whole or not at all. Thread-safe, except that nothing may be under way during a {@link #sweep}.
 */
public final class VersionFolders {
    private static final String INCOMING = ".incoming-";

    private final Path root;

    /** @param root made if it is not there; nothing else may be kept in it */
    public VersionFolders(Path root) throws IOException {
        this.root = Files.createDirectories(root).toRealPath();
    }

    /** Where the files of a version are or would be. */
    public Path filesOf(ArtifactId id) {
        return folderOf(id.environmentId(), id.name()).resolve(id.version());
    }

    /** The folder of all versions of one name. */
    public Path folderOf(String environmentId, String name) {
        return root.resolve(environmentId).resolve(name);
    }

    /** A new folder for an upload, on the same file system; the caller deletes it, or the next {@link #sweep} does. */
    public Path newIncoming() throws IOException {
        return Files.createTempDirectory(root, INCOMING);
    }

    /**
     * Moves files to their place. Durable when it returns.
     *
     * @param source a {@link #newIncoming new folder} or one in it; gone afterwards
     */
    public void place(Path source, ArtifactId id) throws IOException {
        Files.createDirectories(folderOf(id.environmentId(), id.name()));
        Trees.place(source, filesOf(id));
        Trees.forceOne(root.resolve(id.environmentId()));
        Trees.forceOne(root);
    }

    /** Tells which versions of one name there are. */
    @FunctionalInterface
    public interface Known {
        /** @param found those that have a folder; a version that is not among them may be left out */
        Collection<String> versions(String environmentId, String name, Set<String> found);
    }

    /** Removes what an interrupted deployment or removal left. To be called at the start, before anything is placed. */
    public void sweep(Known known) throws IOException {
        for (Path environment : list(root)) {
            if (environment.getFileName().toString().startsWith(INCOMING)) {
                Trees.sweep(environment);
                continue;
            }
            for (Path versions : list(environment)) {
                sweep(environment.getFileName().toString(), versions, known);
            }
        }
    }

    private void sweep(String environmentId, Path versions, Known known) throws IOException {
        Set<String> found = list(versions).stream()
                .map(folder -> folder.getFileName().toString())
                .collect(toSet());
        Set<String> gone = new HashSet<>(found);
        boolean empty = !gone.removeAll(
                known.versions(environmentId, versions.getFileName().toString(), Set.copyOf(found)));
        if (empty) {
            Trees.delete(versions);
            return;
        }
        for (String version : gone) {
            Trees.delete(versions.resolve(version));
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
