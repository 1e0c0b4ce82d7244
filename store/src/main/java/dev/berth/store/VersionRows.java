package dev.berth.store;

import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Versions in the database. */
final class VersionRows {
    private VersionRows() {}

    static void insert(Handle handle, Vault vault, Version version) {
        VersionId id = version.id();
        handle.createUpdate("""
                INSERT INTO version (environment_id, service, number, sealed_digest, sealed_launch, sealed_settings, created_at)
                VALUES (:env, :service, :number, :digest, :launch, :settings, :at)
                """)
                .bind("env", id.environmentId())
                .bind("service", id.service())
                .bind("number", id.number())
                .bind("digest", SealedColumn.DIGEST.seal(vault, id, version.digest()))
                .bind("launch", SealedColumn.LAUNCH.seal(vault, id, LaunchJson.write(version.launch())))
                .bind("settings", SealedColumn.SETTINGS.seal(vault, id, SettingsJson.write(version.settings())))
                .bind("at", EpochNanos.of(version.createdAt()))
                .execute();
    }

    /** Its place in the release and in the history goes with it. */
    static void delete(Handle handle, VersionId id) {
        handle.execute(
                "DELETE FROM version WHERE environment_id = ? AND service = ? AND number = ?",
                id.environmentId(),
                id.service(),
                id.number());
    }

    static List<Version> newestFirst(Handle handle, Vault vault, String environmentId, String service) {
        return handle.createQuery("""
                SELECT * FROM version WHERE environment_id = :env AND service = :service ORDER BY number DESC
                """)
                .bind("env", environmentId)
                .bind("service", service)
                .map((row, context) -> map(vault, row))
                .list();
    }

    static Version map(Vault vault, ResultSet row) throws SQLException {
        VersionId id = id(row);
        return new Version(
                id,
                SealedColumn.DIGEST.open(vault, id, row.getString("sealed_digest")),
                LaunchJson.read(SealedColumn.LAUNCH.open(vault, id, row.getString("sealed_launch"))),
                SettingsJson.read(SealedColumn.SETTINGS.open(vault, id, row.getString("sealed_settings"))),
                EpochNanos.toInstant(row.getLong("created_at")));
    }

    static VersionId id(ResultSet row) throws SQLException {
        return new VersionId(row.getString("environment_id"), row.getString("service"), row.getInt("number"));
    }
}
