package dev.berth.hosting;

import dev.berth.core.VersionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the files of versions lie: {@code <data>/versions/<env>/<service>/<service>-NNN}. A version comes there by one
 * rename, so that it is there as a whole or not at all.
 */
final class VersionFolders {
    private static final String INCOMING = ".incoming-";

    private final Path root;

    VersionFolders(Path data) throws IOException {
        root = Files.createDirectories(data.resolve("versions")).toRealPath();
    }

    Path filesOf(VersionId id) {
        return folderOf(id.environmentId(), id.service()).resolve(id.name());
    }

    Path folderOf(String environmentId, String service) {
        return root.resolve(environmentId).resolve(service);
    }

    Path newIncoming() throws IOException {
        return Files.createTempDirectory(root, INCOMING);
    }

    /** Durable when it returns. */
    void place(Path source, VersionId id) throws IOException {
        FileModes.set(source, 0755);
        Trees.force(source);
        Path target = filesOf(id);
        Path service = Files.createDirectories(target.getParent());
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        for (Path folder : List.of(service, service.getParent(), root)) {
            Trees.forceOne(folder);
        }
    }

    /** Tells which versions of a service there are. */
    @FunctionalInterface
    interface Known {
        /** @param found the folders of this service; a version whose folder is not among them may be left out */
        Collection<VersionId> versions(String environmentId, String service, Set<Path> found);
    }

    /** Removes what an interrupted deployment or removal left. */
    void sweep(Known known) throws IOException {
        for (Path environment : list(root)) {
            if (environment.getFileName().toString().startsWith(INCOMING)) {
                Trees.delete(environment);
                continue;
            }
            for (Path service : list(environment)) {
                sweep(environment.getFileName().toString(), service, known);
            }
        }
    }

    private void sweep(String environmentId, Path service, Known known) throws IOException {
        Set<Path> gone = new HashSet<>(list(service));
        boolean empty = !gone.removeAll(
                known.versions(environmentId, service.getFileName().toString(), Set.copyOf(gone)).stream()
                        .map(this::filesOf)
                        .toList());
        for (Path path : empty ? Set.of(service) : gone) {
            Trees.delete(path);
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
