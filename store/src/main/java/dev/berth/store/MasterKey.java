package dev.berth.store;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that secrets at rest are encrypted with: 32 random bytes in a file that only its owner can read. */
public final class MasterKey {
    static final int LENGTH = 32;

    private final Path file;
    private final SecretKey key;

    private MasterKey(Path file, SecretKey key) {
        this.file = file;
        this.key = key;
    }

    /**
     * Reads the key file, or creates it if there is none. Of several processes that create it at once, all get the same
     * key.
     *
     * @throws BerthException if others may read the file, if it is not a key, or if it cannot be read or created
     */
    public static MasterKey loadOrCreate(Path file) {
        Path absolute = file.toAbsolutePath();
        if (!Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            KeyFile.create(absolute, LENGTH);
        }
        return new MasterKey(absolute, new SecretKeySpec(KeyFile.read(absolute, LENGTH), "AES"));
    }

    /**
     * Like {@link #loadOrCreate(Path)}, but makes no new key for a database that was written with another.
     *
     * @throws BerthException {@code MASTER_KEY_MISSING} too
     */
    public static MasterKey loadOrCreate(Path file, Path databaseFile) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) && isWritten(databaseFile)) {
            throw new BerthException(
                    new Problem(
                            "MASTER_KEY_MISSING",
                            "store",
                            "master key file %s is not there, and %s was encrypted with it"
                                    .formatted(file, databaseFile),
                            "Put the key file back from your backup. Without it the secrets in the database are lost: then move the database away to start empty."));
        }
        return loadOrCreate(file);
    }

    private static boolean isWritten(Path databaseFile) {
        try {
            return Files.exists(databaseFile) && Files.size(databaseFile) > 0;
        } catch (IOException e) {
            throw new BerthException(SqlFailures.unwritable(databaseFile, e.toString()), e);
        }
    }

    Path file() {
        return file;
    }

    SecretKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "MasterKey[file=" + file + "]";
    }
}
