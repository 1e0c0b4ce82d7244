package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Durable random keys, each made once; and the proof that the master key is the one of this database. */
final class Keyring {
    private static final String MASTER_KEY_PROOF = "master-key";
    private static final int KEY_BYTES = 32;

    private final Database database;
    private final Vault vault;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Keyring(Database database, Vault vault, InstantSource clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /** @throws BerthException {@code MASTER_KEY_WRONG} */
    void requireMasterKey(MasterKey master, Path databaseFile) {
        String proof = database.writer()
                .call(handle -> findOrCreate(handle, MASTER_KEY_PROOF, MASTER_KEY_PROOF.getBytes(UTF_8)));
        if (vault.tryOpen(place(MASTER_KEY_PROOF), proof).isEmpty()) {
            throw new BerthException(new Problem(
                    "MASTER_KEY_WRONG",
                    "store",
                    "The master key in %s is not the one that %s was encrypted with."
                            .formatted(master.file(), databaseFile),
                    "Put back the key file that belongs to this database, or restore both from the same backup."));
        }
    }

    byte[] signingKey(String purpose) {
        String name = "signing/" + purpose;
        String sealed = database.readers()
                .call(handle -> find(handle, name))
                .orElseGet(() -> database.writer().call(handle -> findOrCreate(handle, name, randomKey())));
        return vault.open(place(name), sealed);
    }

    private String findOrCreate(Handle handle, String name, byte[] value) {
        Optional<String> present = find(handle, name);
        if (present.isPresent()) {
            return present.get();
        }
        String sealed = vault.seal(place(name), value);
        handle.createUpdate("INSERT INTO secret (name, sealed_value, created_at) VALUES (:name, :value, :at)")
                .bind("name", name)
                .bind("value", sealed)
                .bind("at", EpochNanos.of(clock.instant()))
                .execute();
        return sealed;
    }

    private static Optional<String> find(Handle handle, String name) {
        return handle.createQuery("SELECT sealed_value FROM secret WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    private byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    private static Vault.Place place(String name) {
        return new Vault.Place("secret", "sealed_value", name);
    }
}
