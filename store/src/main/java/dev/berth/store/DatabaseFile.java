package dev.berth.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file of the database, readable by its owner alone, and the lock that keeps a second server away: each holds the
 * directory in memory, so two on one file would miss one another's changes. The lock ends with the process.
 */
final class DatabaseFile implements AutoCloseable {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * What this process has open. Asked before the lock, because POSIX drops a lock as soon as its process closes any
     * other descriptor of the same file.
     */
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private DatabaseFile(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static DatabaseFile acquire(Path path) {
        try {
            Path folder = requireNonNull(path.getParent(), "database file has no folder");
            Folders.create(folder);
            return acquireOnce(
                    folder.toRealPath().resolve(requireNonNull(path.getFileName(), "database file has no name")));
        } catch (IOException e) {
            throw new BerthException(SqlFailures.unwritable(path, e.toString()), e);
        }
    }

    private static DatabaseFile acquireOnce(Path path) throws IOException {
        if (!OPEN_HERE.add(path)) {
            throw inUse(path);
        }
        try {
            return new DatabaseFile(path, lockAndCreate(path));
        } catch (IOException | RuntimeException e) {
            OPEN_HERE.remove(path);
            throw e;
        }
    }

    private static FileChannel lockAndCreate(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolveSibling(path.getFileName() + ".lock"), Set.of(CREATE, WRITE), OWNER_ONLY);
        try {
            if (channel.tryLock() == null) {
                throw inUse(path);
            }
            // SQLite gives its -wal and -shm files the permissions of this one.
            if (!Files.exists(path)) {
                Files.createFile(path, OWNER_ONLY);
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static BerthException inUse(Path path) {
        return new BerthException(new Problem(
                "DATABASE_IN_USE",
                "store",
                "Another Berth server has %s open.".formatted(path),
                "Stop it first (berth down), or give this server its own data folder."));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        if (!lock.isOpen()) {
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            OPEN_HERE.remove(path);
        }
    }
}
