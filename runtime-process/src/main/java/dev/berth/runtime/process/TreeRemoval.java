package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Removes a folder with all that is in it, also what the program made read-only. Follows no link. Folders nested so deep
 * that their path would be longer than the kernel takes are first moved to the top.
 */
final class TreeRemoval {
    private static final System.Logger LOG = System.getLogger(TreeRemoval.class.getName());
    private static final int TRIES = 3;
    private static final int DEEPEST = 100;
    private static final int LONGEST_PATH = 2000;

    private final Path root;
    private final ArrayDeque<Path> raised = new ArrayDeque<>();
    private int counter;
    private @Nullable IOException failure;

    private TreeRemoval(Path root) {
        this.root = root;
    }

    /** A process that escaped may still write, hence more than one try. */
    static void remove(Path root) {
        for (int attempt = 1; Files.exists(root, LinkOption.NOFOLLOW_LINKS); attempt++) {
            try {
                new TreeRemoval(root).run();
            } catch (IOException e) {
                if (attempt == TRIES) {
                    LOG.log(System.Logger.Level.WARNING, "could not remove " + root + "; remove it by hand", e);
                    return;
                }
            }
        }
    }

    static void makeWritable(Path folder) throws IOException {
        if (!Files.isWritable(folder) || !Files.isReadable(folder) || !Files.isExecutable(folder)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void run() throws IOException {
        if (!isFolder(root)) {
            Files.deleteIfExists(root);
            return;
        }
        raised.add(root);
        while (!raised.isEmpty()) {
            Path folder = raised.removeLast();
            empty(folder, 0);
            if (!folder.equals(root)) {
                delete(folder);
            }
        }
        delete(root);
        if (failure != null) {
            throw failure;
        }
    }

    private void empty(Path folder, int depth) {
        try {
            makeWritable(folder);
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                entries.forEach(entry -> removeEntry(entry, depth + 1));
            }
        } catch (NoSuchFileException gone) {
            // By another hand.
        } catch (DirectoryIteratorException e) {
            failure = e.getCause();
        } catch (IOException e) {
            failure = e;
        }
    }

    private void removeEntry(Path entry, int depth) {
        if (!isFolder(entry)) {
            delete(entry);
        } else if (depth < DEEPEST && entry.toString().getBytes(StandardCharsets.UTF_8).length < LONGEST_PATH) {
            empty(entry, depth);
            delete(entry);
        } else {
            raise(entry);
        }
    }

    private void raise(Path folder) {
        Path top = root.resolve(".raised-" + counter++);
        try {
            makeWritable(folder);
            Files.move(folder, top);
            raised.add(top);
        } catch (IOException e) {
            failure = e;
        }
    }

    private void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            failure = e;
        }
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
