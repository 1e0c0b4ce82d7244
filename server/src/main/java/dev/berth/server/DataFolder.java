package dev.berth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.BerthException;
import dev.berth.core.IoReason;
import dev.berth.core.Problem;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The data folder of one server, which nobody else may use meanwhile. */
final class DataFolder implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /**
     * What this process has open. Asked before the lock, because POSIX drops a lock as soon as its process closes any
     * other descriptor of the same file.
     */
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private static final int LEAST_SPACE = 256 * 1024;

    private final Path folder;
    private final FileChannel lockFile;

    private DataFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /** @throws BerthException {@code DATA_LOCKED}, {@code DATA_UNUSABLE} or {@code DISK_FULL} */
    static DataFolder open(Path path) {
        try {
            create(path);
            return openOnce(path.toRealPath());
        } catch (IOException e) {
            throw unusable("data folder: %s cannot be used: %s".formatted(path.toAbsolutePath(), IoReason.of(e)), e);
        }
    }

    /** Also what is missing above it; readable by its owner only, if it has to be made. */
    static void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, OWNERS_FOLDER);
        }
    }

    private static DataFolder openOnce(Path folder) throws IOException {
        if (!OPEN_HERE.add(folder)) {
            throw locked(folder);
        }
        try {
            requireSpace(folder);
            return new DataFolder(folder, lock(folder));
        } catch (IOException | RuntimeException e) {
            OPEN_HERE.remove(folder);
            throw e;
        }
    }

    /** A server that has no room for its state and for what it starts would fail at everything, one by one. */
    private static void requireSpace(Path folder) throws IOException {
        Path probe = folder.resolve("space.probe");
        try {
            Files.write(probe, new byte[LEAST_SPACE]);
        } catch (FileSystemException e) {
            throw unusable("data folder: %s cannot be used: %s".formatted(folder, IoReason.of(e)), e);
        } catch (IOException full) {
            throw new BerthException(
                    new Problem(
                            "DISK_FULL",
                            "server",
                            "data folder: %s takes no %d KiB more: %s"
                                    .formatted(folder, LEAST_SPACE / 1024, full.getMessage()),
                            "Free some space on its disk and start again, or choose another folder: BERTH_DATA=/path"),
                    full);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() == null) {
                throw locked(folder);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static BerthException locked(Path folder) {
        return new BerthException(new Problem(
                "DATA_LOCKED",
                "server",
                "data folder: %s is in use by another Berth server".formatted(folder),
                "Stop that one with: berth down. Or give this one another folder: BERTH_DATA=/path"));
    }

    static BerthException unusable(String message, IOException cause) {
        return new BerthException(
                new Problem(
                        "DATA_UNUSABLE",
                        "server",
                        message,
                        "Make it writable, or choose another one: BERTH_DATA=/path"),
                cause);
    }

    Path path() {
        return folder;
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    /** The management API's token, made at the first start; readable by its owner only. */
    String token() {
        Path file = folder.resolve("token");
        try {
            String present = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!present.isEmpty()) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
                return present;
            }
            byte[] bytes = new byte[24];
            new SecureRandom().nextBytes(bytes);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            writeForOwner(file, token + "\n");
            return token;
        } catch (IOException e) {
            throw unusable("token: %s cannot be used: %s".formatted(file, IoReason.of(e)), e);
        }
    }

    /** How clients on this machine find the server; gone when it has stopped. */
    void announce(JsonObject description) throws IOException {
        writeForOwner(folder.resolve("server.json"), description.encodePrettily() + "\n");
    }

    private static void writeForOwner(Path file, String content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.write(draft, content.getBytes(UTF_8), StandardOpenOption.SYNC);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Repeatable. */
    @Override
    public void close() {
        if (!lockFile.isOpen()) {
            return;
        }
        try (lockFile) {
            Files.deleteIfExists(folder.resolve("server.json"));
        } catch (IOException e) {
            System.getLogger(DataFolder.class.getName()).log(System.Logger.Level.WARNING, "Data folder not closed", e);
        } finally {
            OPEN_HERE.remove(folder);
        }
    }
}
