package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The links in the database. */
final class Links {
    private Links() {}

    static void add(Handle handle, Link link) {
        handle.createUpdate("""
                        INSERT OR REPLACE INTO link (ticket, kind, appid, path, query, env_version, created_at, expires_at, cloud_base)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .bind(0, link.ticket())
                .bind(1, link.kind().name())
                .bind(2, link.appid())
                .bind(3, link.path())
                .bind(4, link.query())
                .bind(5, link.envVersion())
                .bind(6, link.createdAt().toEpochMilli())
                .bind(7, link.expiresAt().map(Instant::toEpochMilli))
                .bind(8, link.cloudBase().encode())
                .execute();
    }

    static Optional<Link> find(Handle handle, String text) {
        return handle.createQuery("SELECT * FROM link WHERE ticket = ?")
                .bind(0, Link.ticketIn(text))
                .map((row, context) -> read(row))
                .findOne()
                .filter(link -> link.text().equals(text));
    }

    static int count(Handle handle, String appid, Link.Kind kind) {
        return handle.createQuery("SELECT count(*) FROM link WHERE appid = ? AND kind = ?")
                .bind(0, appid)
                .bind(1, kind.name())
                .mapTo(Integer.class)
                .one();
    }

    /** Those that never expire. */
    static int countPermanent(Handle handle, String appid, Link.Kind kind) {
        return handle.createQuery("SELECT count(*) FROM link WHERE appid = ? AND kind = ? AND expires_at IS NULL")
                .bind(0, appid)
                .bind(1, kind.name())
                .mapTo(Integer.class)
                .one();
    }

    private static Link read(ResultSet row) throws SQLException {
        long end = row.getLong("expires_at");
        Optional<Instant> expiresAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(end));
        return new Link(
                Link.Kind.valueOf(row.getString("kind")),
                row.getString("ticket"),
                row.getString("appid"),
                row.getString("path"),
                row.getString("query"),
                row.getString("env_version"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                expiresAt,
                new JsonObject(row.getString("cloud_base")));
    }
}
