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

    static void insert(Handle handle, Version version) {
        handle.createUpdate("""
                INSERT INTO version (environment_id, service, number, digest, launch, settings, created_at)
                VALUES (:env, :service, :number, :digest, :launch, :settings, :at)
                """)
                .bind("env", version.id().environmentId())
                .bind("service", version.id().service())
                .bind("number", version.id().number())
                .bind("digest", version.digest())
                .bind("launch", LaunchJson.write(version.launch()))
                .bind("settings", SettingsJson.write(version.settings()))
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

    static List<Version> newestFirst(Handle handle, String environmentId, String service) {
        return handle.createQuery("""
                SELECT * FROM version WHERE environment_id = :env AND service = :service ORDER BY number DESC
                """)
                .bind("env", environmentId)
                .bind("service", service)
                .map((row, context) -> map(row))
                .list();
    }

    static Version map(ResultSet row) throws SQLException {
        return new Version(
                new VersionId(row.getString("environment_id"), row.getString("service"), row.getInt("number")),
                row.getString("digest"),
                LaunchJson.read(row.getString("launch")),
                SettingsJson.read(row.getString("settings")),
                EpochNanos.toInstant(row.getLong("created_at")));
    }
}
