package dev.berth.simulator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The templates that apps have chosen for themselves. */
final class Templates {
    /** Of one app. */
    static final int MOST = 25;

    private Templates() {}

    static List<Template> of(Handle handle, String appid) {
        return handle.createQuery("SELECT * FROM template WHERE appid = ? ORDER BY rowid")
                .bind(0, appid)
                .map((row, context) -> read(row))
                .list();
    }

    static Optional<Template> find(Handle handle, String appid, String id) {
        return handle.createQuery("SELECT * FROM template WHERE appid = ? AND id = ?")
                .bind(0, appid)
                .bind(1, id)
                .map((row, context) -> read(row))
                .findOne();
    }

    static void put(Handle handle, String appid, Template template) {
        handle.execute("""
                INSERT INTO template (appid, id, title, content, type) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (appid, id) DO UPDATE
                SET title = excluded.title, content = excluded.content, type = excluded.type""", appid, template.id(), template.title(), template.content(), template.type());
    }

    /** Whether it was there; what users consented to goes with it. */
    static boolean remove(Handle handle, String appid, String id) {
        return handle.execute("DELETE FROM template WHERE appid = ? AND id = ?", appid, id) == 1;
    }

    private static Template read(ResultSet row) throws SQLException {
        return new Template(row.getString("id"), row.getString("title"), row.getString("content"), row.getInt("type"));
    }
}
