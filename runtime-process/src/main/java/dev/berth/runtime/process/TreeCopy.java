package dev.berth.runtime.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies a folder with modes, times and links. The files are copied in parallel; {@code Files.copy} uses
 * {@code copy_file_range}, which shares blocks where the file system can. Links stay links; an absolute one that points
 * into the source is made relative, or writing through it would change the source.
 */
final class TreeCopy extends SimpleFileVisitor<Path> {
    private final Path source;
    private final Path target;
    private final List<Path> folders = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();

    private TreeCopy(Path source, Path target) {
        this.source = source;
        this.target = target;
    }

    static void copy(Path source, Path target) throws IOException {
        var copy = new TreeCopy(source.toRealPath(), target);
        Files.walkFileTree(copy.source, copy);
        try {
            copy.files.parallelStream().forEach(copy::copyFile);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        // Last, and innermost first: a folder may be read-only.
        for (Path folder : copy.folders.reversed()) {
            Files.setPosixFilePermissions(copy.inTarget(folder), Files.getPosixFilePermissions(folder));
            Files.setLastModifiedTime(copy.inTarget(folder), Files.getLastModifiedTime(folder));
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Files.createDirectory(inTarget(folder));
        folders.add(folder);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            Files.createSymbolicLink(inTarget(file), linkTarget(file));
        } else if (attributes.isRegularFile()) {
            files.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    private Path linkTarget(Path link) throws IOException {
        Path to = Files.readSymbolicLink(link);
        if (!to.isAbsolute() || !to.normalize().startsWith(source)) {
            return to;
        }
        return requireNonNull(link.getParent()).relativize(to.normalize());
    }

    private void copyFile(Path file) {
        try {
            Files.copy(file, inTarget(file), COPY_ATTRIBUTES, NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path inTarget(Path path) {
        return target.resolve(source.relativize(path));
    }
}
