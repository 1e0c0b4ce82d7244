package dev.berth.cli;

import dev.berth.core.BerthException;
import dev.berth.core.IoReason;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What of a folder is deployed: everything but {@code .git}, {@code .berth} and what {@link DockerIgnore} leaves out, in the
 * order of the names, so that the same content is packed the same way. Sockets and the like are left out.
 */
final class FolderListing extends SimpleFileVisitor<Path> {
    private static final Set<String> NEVER_PACKED = Set.of(".git", ".berth");

    private final Path root;
    private final DockerIgnore ignore;
    private final Set<String> leftOut;
    private final List<FolderEntry> entries = new ArrayList<>();

    private FolderListing(Path root, DockerIgnore ignore, Set<String> leftOut) {
        this.root = root;
        this.ignore = ignore;
        this.leftOut = leftOut;
    }

    /** @throws BerthException if a link leads out of the folder, or something cannot be read */
    static List<FolderEntry> of(Path folder) {
        return without(Set.of(), folder);
    }

    /**
     * Without more than {@link #of} leaves out.
     *
     * @param leftOut names of what is in the folder itself; it is not even looked into
     */
    static List<FolderEntry> without(Set<String> leftOut, Path folder) {
        try {
            Path root = folder.toRealPath();
            FolderListing listing = new FolderListing(root, DockerIgnore.in(root), leftOut);
            Files.walkFileTree(root, listing);
            listing.entries.sort(Comparator.comparing(FolderEntry::name));
            return List.copyOf(listing.entries);
        } catch (IOException unreadable) {
            throw unreadable(folder, unreadable);
        }
    }

    static BerthException unreadable(Path folder, IOException cause) {
        return new BerthException(
                new Problem(
                        "FOLDER_UNREADABLE",
                        "cli",
                        "%s cannot be read: %s".formatted(folder, IoReason.of(cause)),
                        "Make it readable, or leave it out with a line in .dockerignore."),
                cause);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        if (folder.equals(root)) {
            return FileVisitResult.CONTINUE;
        }
        if (neverPacked(folder)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (!ignore.ignores(name(folder))) {
            entries.add(new FolderEntry.Folder(folder, name(folder)));
            return FileVisitResult.CONTINUE;
        }
        return ignore.takesBack() ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        String name = name(file);
        if (neverPacked(file) || ignore.ignores(name)) {
            return FileVisitResult.CONTINUE;
        }
        if (attributes.isSymbolicLink()) {
            entries.add(new FolderEntry.Link(file, name, targetInside(file)));
        } else if (attributes.isRegularFile()) {
            entries.add(new FolderEntry.File(file, name));
        }
        return FileVisitResult.CONTINUE;
    }

    private String targetInside(Path link) throws IOException {
        Path home = link.resolveSibling("");
        Path target = Files.readSymbolicLink(link);
        Path resolved = home.resolve(target).normalize();
        if (!resolved.startsWith(root)) {
            throw new BerthException(new Problem(
                    "LINK_LEADS_OUT",
                    "cli",
                    "%s is a link to %s, which is outside of %s".formatted(name(link), target, root),
                    "Replace it by a copy, or leave it out with a line in .dockerignore: " + name(link)));
        }
        return target.isAbsolute() ? home.relativize(resolved).toString() : target.toString();
    }

    private boolean neverPacked(Path path) {
        return NEVER_PACKED.contains(path.getFileName().toString()) || leftOut.contains(name(path));
    }

    private String name(Path path) {
        return root.relativize(path).toString();
    }
}
