package dev.berth.artifacts;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whole folders: made durable, put in their place, protected, and deleted. Links are never followed. */
public final class Trees {
    private static final Logger LOG = System.getLogger(Trees.class.getName());

    /** Beyond so many files one {@code syncfs} of the file system is quicker than an fsync for each. */
    private static final int MANY = 2000;

    private Trees() {}

    /**
     * Deletes a folder with all that is in it, or a single file or link; does nothing if there is none. Folders that
     * their owner may not change are made changeable first.
     *
     * @throws IOException if something remains
     */
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                FileModes.set(folder, FileModes.of(folder) | 0700);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Deletes what interrupted work left. A program that outlived its server may still write there, npm for example: what
     * cannot be deleted then stays until the next time.
     */
    public static void sweep(Path root) {
        try {
            delete(root);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "%s stays until the next start".formatted(root), e);
        }
    }

    /**
     * Moves a folder by one rename, so that it is there as a whole or not at all. Durable when it returns.
     *
     * @param target on the same file system, in a folder that is there
     */
    public static void place(Path source, Path target) throws IOException {
        FileModes.set(source, 0755);
        force(source);
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        forceOne(target.resolveSibling(""));
    }

    /** Lets nobody write to files and folders; {@link #delete} can. */
    public static void protect(Path root) throws IOException {
        for (Path path : withoutLinks(root)) {
            FileModes.set(path, FileModes.of(path) & ~0222);
        }
    }

    /** Returns when every file and folder would survive a power cut. */
    static void force(Path root) throws IOException {
        List<Path> paths = withoutLinks(root);
        if (paths.size() > MANY && syncfs(root)) {
            return;
        }
        for (Path path : paths.reversed()) {
            forceOne(path);
        }
    }

    private static List<Path> withoutLinks(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> !Files.isSymbolicLink(path)).toList();
        }
    }

    static void forceOne(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean syncfs(Path root) {
        try {
            return new ProcessBuilder("sync", "--file-system", root.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
