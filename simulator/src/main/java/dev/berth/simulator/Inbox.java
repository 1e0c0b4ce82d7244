package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What apps have sent to users, as they would see it on their phones. */
final class Inbox {
    /** How a message came; the name is its form in JSON and in the database. */
    enum Kind {
        SUBSCRIBE_MESSAGE,
        CUSTOMER_MESSAGE
    }

    private Inbox() {}

    static void add(Handle handle, String user, String appid, Kind kind, JsonObject content, Instant now) {
        handle.execute(
                "INSERT INTO inbox (user, appid, kind, at, content) VALUES (?, ?, ?, ?, ?)",
                user,
                appid,
                kind.name(),
                now.toEpochMilli(),
                content.encode());
    }

    /** In the form of the control API, the newest last. */
    static List<JsonObject> of(Handle handle, String user) {
        return handle.createQuery("SELECT * FROM inbox WHERE user = ? ORDER BY id")
                .bind(0, user)
                .map((row, context) -> new JsonObject()
                        .put("app", row.getString("appid"))
                        .put("kind", row.getString("kind"))
                        .put("time", Instant.ofEpochMilli(row.getLong("at")))
                        .put("content", new JsonObject(row.getString("content"))))
                .list();
    }

    static void empty(Handle handle, String user) {
        handle.execute("DELETE FROM inbox WHERE user = ?", user);
    }
}
