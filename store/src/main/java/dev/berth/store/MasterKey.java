package dev.berth.store;

import dev.berth.core.BerthException;
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
