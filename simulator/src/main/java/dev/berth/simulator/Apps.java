package dev.berth.simulator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The apps in the database. */
final class Apps {
    private Apps() {}

    static List<App> all(Handle handle) {
        return handle.createQuery("SELECT * FROM app ORDER BY appid")
                .map((row, context) -> read(row))
                .list();
    }

    static Optional<App> find(Handle handle, String appid) {
        return handle.createQuery("SELECT * FROM app WHERE appid = ?")
                .bind(0, appid)
                .map((row, context) -> read(row))
                .findOne();
    }

    static App get(Handle handle, String appid) {
        return find(handle, appid)
                .orElseThrow(() -> Refusal.unknownApp(
                        appid, all(handle).stream().map(App::appid).toList()));
    }

    static void put(Handle handle, App app) {
        handle.execute("""
                INSERT INTO app (appid, secret, kind, unionid) VALUES (?, ?, ?, ?)
                ON CONFLICT (appid) DO UPDATE
                SET secret = excluded.secret, kind = excluded.kind, unionid = excluded.unionid""", app.appid(), app.secret(), app.kind().name(), app.unionid());
    }

    private static App read(ResultSet row) throws SQLException {
        AppKind kind = AppKind.valueOf(row.getString("kind"));
        return new App(row.getString("appid"), row.getString("secret"), kind, row.getBoolean("unionid"));
    }
}
