package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.AppSecrets;
import java.util.Optional;

/** Decrypts the secret of an app when it is asked for; keeps nothing. */
final class SqlAppSecrets implements AppSecrets {
    private final Database database;
    private final Vault vault;

    SqlAppSecrets(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public Optional<String> secretOf(String appId) {
        return database.readers()
                .call(handle -> handle.select("SELECT sealed_secret FROM app WHERE id = ?", appId)
                        .mapTo(String.class)
                        .findOne())
                .map(secret -> new String(vault.open(place(appId), secret), UTF_8));
    }

    static Vault.Place place(String appId) {
        return new Vault.Place("app", "sealed_secret", appId);
    }
}
