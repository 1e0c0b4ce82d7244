package dev.berth.store;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** A file of random bytes for its owner alone; it is complete on the disk before it has its name. */
final class KeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyFile() {}

    static void create(Path file, int length) {
        try {
            Path folder = requireNonNull(file.getParent(), "key file has no folder");
            Folders.create(folder);
            Path draft = folder.resolve(
                    "." + file.getFileName() + "." + HexFormat.of().toHexDigits(RANDOM.nextLong()));
            try {
                write(draft, random(length));
                // A link never replaces a key that another process created meanwhile; a move would.
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException othersWereFirst) {
                return;
            } finally {
                Files.deleteIfExists(draft);
            }
            Folders.sync(folder);
        } catch (IOException e) {
            throw new BerthException(
                    problem(
                            "MASTER_KEY_UNWRITABLE",
                            "master key file %s cannot be created: %s".formatted(file, e),
                            "Let the user that runs Berth write to its folder, or name another place for the key."),
                    e);
        }
    }

    static byte[] read(Path file, int length) {
        try {
            requireOwnerOnly(file);
            byte[] content = Files.readAllBytes(file);
            if (content.length != length) {
                throw new BerthException(problem(
                        "MASTER_KEY_DAMAGED",
                        "master key file %s: %d bytes (expected: %d)".formatted(file, content.length, length),
                        "Restore the key file from your backup. Without it, the secrets in the database are lost."));
            }
            return content;
        } catch (IOException e) {
            throw new BerthException(
                    problem(
                            "MASTER_KEY_UNREADABLE",
                            "master key file %s cannot be read: %s".formatted(file, e),
                            "Let the user that runs Berth read it: chown and chmod 600."),
                    e);
        }
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        Set<PosixFilePermission> present = Files.getPosixFilePermissions(file);
        Set<PosixFilePermission> exposed = EnumSet.copyOf(OTHERS);
        exposed.retainAll(present);
        if (!exposed.isEmpty()) {
            throw new BerthException(problem(
                    "MASTER_KEY_EXPOSED",
                    "master key file %s: permissions %s (expected: rw-------), so others may read or change it"
                            .formatted(file, PosixFilePermissions.toString(present)),
                    "Run: chmod 600 " + file));
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static Problem problem(String code, String message, String hint) {
        return new Problem(code, "store", message, hint);
    }
}
