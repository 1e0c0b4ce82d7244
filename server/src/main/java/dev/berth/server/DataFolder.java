package dev.berth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The data folder of one server, which nobody else may use meanwhile. */
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lockFile;

    private DataFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /** @throws BerthException {@code DATA_LOCKED} or {@code DATA_UNUSABLE} */
    static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            FileChannel file =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(file)) {
                file.close();
                throw new BerthException(new Problem(
                        "DATA_LOCKED",
                        "server",
                        "data folder: %s is in use by another Berth server".formatted(folder),
                        "Stop that one with: berth down. Or give this one another folder: BERTH_DATA=/path"));
            }
            return new DataFolder(folder, file);
        } catch (IOException e) {
            throw new BerthException(
                    new Problem(
                            "DATA_UNUSABLE",
                            "server",
                            "data folder: %s cannot be used: %s".formatted(folder, e),
                            "Make it writable, or choose another one: BERTH_DATA=/path"),
                    e);
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            @Nullable FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
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
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            byte[] bytes = new byte[24];
            new SecureRandom().nextBytes(bytes);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            writeForOwner(file, token + "\n");
            return token;
        } catch (IOException e) {
            throw new BerthException(
                    new Problem("DATA_UNUSABLE", "server", "token: " + e, "Make the data folder writable."), e);
        }
    }

    /** How clients on this machine find the server; gone when it has stopped. */
    void announce(JsonObject description) throws IOException {
        writeForOwner(folder.resolve("server.json"), description.encodePrettily() + "\n");
    }

    private static void writeForOwner(Path file, String content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(draft, content.getBytes(UTF_8), StandardOpenOption.SYNC);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve("server.json"));
            lockFile.close();
        } catch (IOException e) {
            System.getLogger(DataFolder.class.getName()).log(System.Logger.Level.WARNING, "Data folder not closed", e);
        }
    }
}
