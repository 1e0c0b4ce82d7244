package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.AccessToken;
import dev.berth.core.TokenStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Access tokens at rest. One statement decides who renews, so that no two nodes do. */
final class SqlTokens implements TokenStore {
    private final Database database;
    private final Vault vault;

    SqlTokens(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public Optional<AccessToken> find(String appId) {
        return database.readers()
                .call(handle -> handle.select(
                                "SELECT * FROM access_token WHERE app_id = ? AND sealed_token IS NOT NULL", appId)
                        .map((row, context) -> map(row))
                        .findOne());
    }

    @Override
    public boolean claimRenewal(String appId, String owner, Instant now, Instant until) {
        return database.writer()
                        .call(handle -> handle.createUpdate("""
                        INSERT INTO access_token (app_id, renewer, renewal_until)
                        SELECT id, :owner, :until FROM app WHERE id = :app
                        ON CONFLICT (app_id) DO UPDATE
                            SET renewer = excluded.renewer, renewal_until = excluded.renewal_until
                            WHERE access_token.renewer IS NULL
                                OR access_token.renewer = excluded.renewer
                                OR access_token.renewal_until <= :now
                        """)
                                .bind("app", appId)
                                .bind("owner", owner)
                                .bind("now", EpochNanos.of(now))
                                .bind("until", EpochNanos.of(until))
                                .execute())
                > 0;
    }

    @Override
    public void put(String appId, String owner, AccessToken token) {
        String sealed = vault.seal(place(appId), token.value().getBytes(UTF_8));
        database.writer().call(handle -> {
            handle.createUpdate("""
                    INSERT INTO access_token (app_id, sealed_token, issued_at, expires_at)
                    SELECT id, :token, :issued, :expires FROM app WHERE id = :app
                    ON CONFLICT (app_id) DO UPDATE SET
                        sealed_token = excluded.sealed_token,
                        issued_at = excluded.issued_at,
                        expires_at = excluded.expires_at
                    """)
                    .bind("app", appId)
                    .bind("token", sealed)
                    .bind("issued", EpochNanos.of(token.issuedAt()))
                    .bind("expires", EpochNanos.of(token.expiresAt()))
                    .execute();
            return release(handle, appId, owner);
        });
    }

    @Override
    public void releaseRenewal(String appId, String owner) {
        database.writer().call(handle -> release(handle, appId, owner));
    }

    static void forget(Handle handle, String appId) {
        handle.execute("DELETE FROM access_token WHERE app_id = ?", appId);
    }

    private static int release(Handle handle, String appId, String owner) {
        return handle.execute(
                "UPDATE access_token SET renewer = NULL, renewal_until = NULL WHERE app_id = ? AND renewer = ?",
                appId,
                owner);
    }

    private AccessToken map(ResultSet row) throws SQLException {
        String appId = row.getString("app_id");
        return new AccessToken(
                new String(vault.open(place(appId), row.getString("sealed_token")), UTF_8),
                EpochNanos.toInstant(row.getLong("issued_at")),
                EpochNanos.toInstant(row.getLong("expires_at")));
    }

    private static Vault.Place place(String appId) {
        return new Vault.Place("access_token", "sealed_token", appId);
    }
}
