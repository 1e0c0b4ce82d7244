package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Functions and their versions in the database. Settings and digest are sealed: variables hold passwords. */
final class FunctionRows {
    private static final String DIGEST = "sealed_digest";
    private static final String SETTINGS = "sealed_settings";

    private FunctionRows() {}

    /** By environment, then by name. */
    static Map<String, Map<String, FunctionEntry>> all(Handle handle, Vault vault) {
        Map<String, Map<String, FunctionEntry>> all = new HashMap<>();
        handle.createQuery("""
                SELECT function_version.* FROM function JOIN function_version
                ON function_version.environment_id = function.environment_id
                AND function_version.function = function.name AND function_version.number = function.live
                """)
                .map((row, context) -> map(vault, row))
                .forEach(version -> all.computeIfAbsent(version.id().function().environmentId(), id -> new HashMap<>())
                        .put(
                                version.id().function().name(),
                                new FunctionEntry(version.id().function(), version)));
        return all;
    }

    /** Adds the function, or makes another version its live one. */
    static void putLive(Handle handle, FunctionVersionId version) {
        handle.execute(
                """
                INSERT INTO function (environment_id, name, live) VALUES (?, ?, ?)
                ON CONFLICT (environment_id, name) DO UPDATE SET live = excluded.live
                """, version.function().environmentId(), version.function().name(), version.number());
    }

    static boolean isLive(Handle handle, FunctionVersionId version) {
        return handle.select(
                        "SELECT 1 FROM function WHERE environment_id = ? AND name = ? AND live = ?",
                        version.function().environmentId(),
                        version.function().name(),
                        version.number())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    static void remove(Handle handle, FunctionId function) {
        int removed = handle.execute(
                "DELETE FROM function WHERE environment_id = ? AND name = ?",
                function.environmentId(),
                function.name());
        if (removed == 0) {
            throw RegistryProblems.functionUnknown(function);
        }
    }

    static void insert(Handle handle, Vault vault, FunctionVersion version) {
        FunctionVersionId id = version.id();
        handle.createUpdate("""
                INSERT INTO function_version (environment_id, function, number, sealed_digest, sealed_settings, created_at)
                VALUES (:env, :function, :number, :digest, :settings, :at)
                """)
                .bind("env", id.function().environmentId())
                .bind("function", id.function().name())
                .bind("number", id.number())
                .bind("digest", vault.seal(place(DIGEST, id), version.digest().getBytes(UTF_8)))
                .bind(
                        "settings",
                        vault.seal(
                                place(SETTINGS, id),
                                FunctionSettingsJson.write(version.settings()).getBytes(UTF_8)))
                .bind("at", EpochNanos.of(version.createdAt()))
                .execute();
    }

    /** Its place in the history goes with it. */
    static void delete(Handle handle, FunctionVersionId id) {
        handle.execute(
                "DELETE FROM function_version WHERE environment_id = ? AND function = ? AND number = ?",
                id.function().environmentId(),
                id.function().name(),
                id.number());
    }

    static Optional<FunctionVersion> find(Handle handle, Vault vault, FunctionVersionId id) {
        return handle.select(
                        "SELECT * FROM function_version WHERE environment_id = ? AND function = ? AND number = ?",
                        id.function().environmentId(),
                        id.function().name(),
                        id.number())
                .map((row, context) -> map(vault, row))
                .findOne();
    }

    static List<FunctionVersion> newestFirst(Handle handle, Vault vault, FunctionId function) {
        return handle.select(
                        "SELECT * FROM function_version WHERE environment_id = ? AND function = ? ORDER BY number DESC",
                        function.environmentId(),
                        function.name())
                .map((row, context) -> map(vault, row))
                .list();
    }

    private static FunctionVersion map(Vault vault, ResultSet row) throws SQLException {
        FunctionVersionId id = new FunctionVersionId(
                new FunctionId(row.getString("environment_id"), row.getString("function")), row.getInt("number"));
        return new FunctionVersion(
                id,
                new String(vault.open(place(DIGEST, id), row.getString(DIGEST)), UTF_8),
                FunctionSettingsJson.read(new String(vault.open(place(SETTINGS, id), row.getString(SETTINGS)), UTF_8)),
                EpochNanos.toInstant(row.getLong("created_at")));
    }

    private static Vault.Place place(String column, FunctionVersionId id) {
        return new Vault.Place("function_version", column, id.toString());
    }
}
