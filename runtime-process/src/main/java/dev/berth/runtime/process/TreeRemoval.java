package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Removes a folder with all that is in it, also what the program made read-only. Follows no link. */
final class TreeRemoval extends SimpleFileVisitor<Path> {
    private static final System.Logger LOG = System.getLogger(TreeRemoval.class.getName());
    private static final int TRIES = 3;

    private TreeRemoval() {}

    /** A process that escaped its session may still write, hence more than one try. */
    static void remove(Path root) {
        for (int attempt = 1; Files.exists(root, LinkOption.NOFOLLOW_LINKS); attempt++) {
            try {
                makeWritable(root);
                Files.walkFileTree(root, new TreeRemoval());
            } catch (IOException e) {
                if (attempt == TRIES) {
                    LOG.log(System.Logger.Level.WARNING, "could not remove " + root + "; remove it by hand", e);
                    return;
                }
            }
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        // Its entries have been opened already, but removing them needs the permission to write.
        makeWritable(folder);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
    }

    /** A folder that cannot be read is not entered, and comes here instead. */
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            makeWritable(path);
            Files.walkFileTree(path, this);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        Files.deleteIfExists(folder);
        return FileVisitResult.CONTINUE;
    }

    private static void makeWritable(Path folder) throws IOException {
        if (!Files.isWritable(folder) || !Files.isReadable(folder) || !Files.isExecutable(folder)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
