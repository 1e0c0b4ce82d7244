package dev.berth.store;

import dev.berth.core.CloudCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What environments may ask of WeChat, as rows; an environment without one has the defaults. */
final class CloudCallRows {
    private static final String LINE_END = "\n";

    private CloudCallRows() {}

    static CloudCall get(Handle handle, String environmentId) {
        return handle.select("SELECT * FROM cloud_call WHERE environment_id = ?", environmentId)
                .map((row, context) -> map(row))
                .findOne()
                .orElse(CloudCall.DEFAULT);
    }

    static void put(Handle handle, String environmentId, CloudCall settings) {
        handle.createUpdate("""
                INSERT INTO cloud_call (environment_id, switched_on, tokens, paths) VALUES (:env, :on, :tokens, :paths)
                ON CONFLICT (environment_id) DO UPDATE SET
                    switched_on = excluded.switched_on, tokens = excluded.tokens, paths = excluded.paths
                """)
                .bind("env", environmentId)
                .bind("on", settings.on())
                .bind("tokens", settings.tokens())
                .bind("paths", String.join(LINE_END, settings.paths()))
                .execute();
    }

    static Map<String, CloudCall> all(Handle handle) {
        record Row(String environmentId, CloudCall settings) {}
        Map<String, CloudCall> all = new HashMap<>();
        handle.createQuery("SELECT * FROM cloud_call")
                .map((row, context) -> new Row(row.getString("environment_id"), map(row)))
                .forEach(row -> all.put(row.environmentId(), row.settings()));
        return all;
    }

    private static CloudCall map(ResultSet row) throws SQLException {
        String paths = row.getString("paths");
        return CloudCall.of(
                row.getBoolean("switched_on"),
                row.getBoolean("tokens"),
                paths.isEmpty() ? Set.of() : Set.copyOf(List.of(paths.split(LINE_END))));
    }
}
