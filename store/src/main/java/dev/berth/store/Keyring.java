package dev.berth.store;

import dev.berth.core.BerthException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Durable random keys, each made once; among them the {@link MasterKeyProof}. */
final class Keyring {
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
    void requireMasterKey(MasterKeyProof proof) {
        String present =
                database.writer().call(handle -> findOrCreate(handle, MasterKeyProof.NAME, MasterKeyProof.content()));
        proof.require(present);
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

    static Vault.Place place(String name) {
        return new Vault.Place("secret", "sealed_value", name);
    }
}
