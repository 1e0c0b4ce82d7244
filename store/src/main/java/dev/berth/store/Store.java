package dev.berth.store;

import static java.util.Objects.requireNonNull;

import dev.berth.core.AppSecrets;
import dev.berth.core.BerthException;
import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionRegistry;
import dev.berth.core.Registry;
import dev.berth.core.SessionStore;
import dev.berth.core.TokenStore;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Everything that must survive {@code kill -9}, in one SQLite file. What a method has returned, or a stage has completed
 * with, is on the disk. One process may have the file open at a time. Safe for any number of threads.
 */
public final class Store implements AutoCloseable {
    private final Database database;
    private final Keyring keyring;
    private final LiveDirectory directory;
    private final Registry registry;
    private final FunctionRegistry functions;
    private final AppSecrets appSecrets;
    private final SqlTokens tokens;
    private final SqlSessions sessions;

    private Store(Database database, Vault vault, Keyring keyring) {
        this.database = database;
        this.keyring = keyring;
        this.directory = new LiveDirectory(database.readers().call(handle -> DirectoryLoader.load(handle, vault)));
        this.registry = new SqlRegistry(database, vault, directory);
        this.functions = new SqlFunctions(database, vault, directory);
        this.appSecrets = new SqlAppSecrets(database, vault);
        this.tokens = new SqlTokens(database, vault);
        this.sessions = new SqlSessions(database, vault);
    }

    /**
     * Opens the database and creates it, its folder and its tables where they are missing. Blocks.
     *
     * @throws BerthException if the file is in use, damaged, not writable, of a newer Berth, or encrypted with another key
     */
    public static Store open(Path databaseFile, MasterKey key, InstantSource clock) {
        requireNonNull(key, "key is null");
        requireNonNull(clock, "clock is null");
        MasterKeyProof proof = new MasterKeyProof(key, databaseFile);
        Vault vault = new Vault(key);
        Database database = Database.open(databaseFile, vault, proof);
        try {
            Keyring keyring = new Keyring(database, vault, clock);
            keyring.requireMasterKey(proof);
            return new Store(database, vault, keyring);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    public DirectorySource directory() {
        return directory;
    }

    public Registry registry() {
        return registry;
    }

    public FunctionRegistry functions() {
        return functions;
    }

    public AppSecrets appSecrets() {
        return appSecrets;
    }

    public TokenStore tokens() {
        return tokens;
    }

    public SessionStore sessions() {
        return sessions;
    }

    /**
     * A random key of 32 bytes, made at the first request for this purpose and the same ever after. Blocks.
     *
     * @param purpose such as {@code sessions}
     */
    public byte[] signingKey(String purpose) {
        return keyring.signingKey(purpose);
    }

    /** Finishes what was begun, then releases the file. Later calls are refused with {@code STORE_CLOSED}. */
    @Override
    public void close() {
        database.close();
    }

    Database database() {
        return database;
    }
}
