package dev.berth.simulator;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The tables, as the steps that made them; {@code PRAGMA user_version} counts the steps a file has taken. A step that
 * was released is never changed: append another.
 */
final class Schema {
    private static final List<List<String>> STEPS = List.of(
            List.of(
                    """
                    CREATE TABLE app (
                      appid TEXT PRIMARY KEY,
                      secret TEXT NOT NULL,
                      kind TEXT NOT NULL,
                      unionid INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID""",
                    """
                    CREATE TABLE user (
                      name TEXT PRIMARY KEY,
                      nickname TEXT,
                      phone TEXT
                    ) STRICT, WITHOUT ROWID""",
                    """
                    CREATE TABLE code (
                      code TEXT PRIMARY KEY,
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      user TEXT NOT NULL REFERENCES user ON DELETE CASCADE,
                      expires_at INTEGER NOT NULL, -- ms since 1970
                      used INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID""",
                    "CREATE INDEX code_expires_at ON code (expires_at)",
                    "CREATE INDEX code_user ON code (user)"),
            List.of(
                    """
                    CREATE TABLE token (
                      token TEXT PRIMARY KEY,
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      kind TEXT NOT NULL,
                      made_at INTEGER NOT NULL, -- ms since 1970, as the next two
                      expires_at INTEGER NOT NULL,
                      dies_at INTEGER NOT NULL, -- earlier than it expires, when a newer one has replaced it
                      current INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID""",
                    "CREATE INDEX token_of_app ON token (appid, kind, current)",
                    "CREATE INDEX token_expires_at ON token (expires_at)",
                    """
                    CREATE TABLE token_request (
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      kind TEXT NOT NULL,
                      count INTEGER NOT NULL,
                      PRIMARY KEY (appid, kind)
                    ) STRICT, WITHOUT ROWID""",
                    """
                    CREATE TABLE ticket (
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      type TEXT NOT NULL,
                      ticket TEXT NOT NULL,
                      expires_at INTEGER NOT NULL, -- ms since 1970
                      PRIMARY KEY (appid, type)
                    ) STRICT, WITHOUT ROWID"""),
            List.of("""
                    CREATE TABLE session_key (
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      user TEXT NOT NULL REFERENCES user ON DELETE CASCADE,
                      session_key TEXT NOT NULL,
                      issued_at INTEGER NOT NULL,
                      PRIMARY KEY (appid, user)
                    ) STRICT, WITHOUT ROWID""", """
                    CREATE TABLE open_data (
                      cloud_id TEXT PRIMARY KEY,
                      code TEXT UNIQUE,
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      user TEXT NOT NULL REFERENCES user ON DELETE CASCADE,
                      data TEXT NOT NULL,
                      expires_at INTEGER NOT NULL,
                      used INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID""", """
                    CREATE TABLE page (
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      path TEXT NOT NULL,
                      PRIMARY KEY (appid, path)
                    ) STRICT, WITHOUT ROWID""", """
                    CREATE TABLE template (
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      id TEXT NOT NULL,
                      title TEXT NOT NULL,
                      content TEXT NOT NULL,
                      type INTEGER NOT NULL,
                      PRIMARY KEY (appid, id)
                    ) STRICT""", """
                    CREATE TABLE subscription (
                      appid TEXT NOT NULL,
                      template TEXT NOT NULL,
                      user TEXT NOT NULL REFERENCES user ON DELETE CASCADE,
                      left INTEGER NOT NULL,
                      always INTEGER NOT NULL,
                      PRIMARY KEY (appid, user, template),
                      FOREIGN KEY (appid, template) REFERENCES template (appid, id) ON DELETE CASCADE
                    ) STRICT, WITHOUT ROWID""", """
                    CREATE TABLE inbox (
                      id INTEGER PRIMARY KEY,
                      user TEXT NOT NULL REFERENCES user ON DELETE CASCADE,
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      kind TEXT NOT NULL,
                      at INTEGER NOT NULL,
                      content TEXT NOT NULL
                    ) STRICT""", "CREATE INDEX inbox_user ON inbox (user, id)"),
            List.of("""
                    CREATE TABLE customer_chat (
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      user TEXT NOT NULL REFERENCES user ON DELETE CASCADE,
                      until INTEGER NOT NULL,
                      left INTEGER NOT NULL,
                      last_at INTEGER NOT NULL,
                      typing_until INTEGER NOT NULL,
                      PRIMARY KEY (appid, user)
                    ) STRICT, WITHOUT ROWID""", """
                    CREATE TABLE media (
                      id TEXT PRIMARY KEY,
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      type TEXT NOT NULL,
                      content_type TEXT NOT NULL,
                      content BLOB NOT NULL,
                      expires_at INTEGER NOT NULL
                    ) STRICT"""),
            List.of("""
                    CREATE TABLE risky_words (
                      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
                      words TEXT NOT NULL -- JSON
                    ) STRICT""", """
                    CREATE TABLE media_check (
                      trace_id TEXT PRIMARY KEY,
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      event TEXT NOT NULL
                    ) STRICT"""),
            List.of("""
                    CREATE TABLE link (
                      ticket TEXT PRIMARY KEY,
                      kind TEXT NOT NULL,
                      appid TEXT NOT NULL REFERENCES app ON DELETE CASCADE,
                      path TEXT NOT NULL,
                      query TEXT NOT NULL,
                      env_version TEXT NOT NULL,
                      created_at INTEGER NOT NULL,
                      expires_at INTEGER,
                      cloud_base TEXT NOT NULL -- JSON
                    ) STRICT, WITHOUT ROWID""", "CREATE INDEX link_kind ON link (appid, kind)"));

    private Schema() {}

    static void migrate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int taken = stepsTaken(statement);
            if (taken > STEPS.size()) {
                throw new SQLException("it was written by a newer version of Berth (schema %d, expected: at most %d)"
                        .formatted(taken, STEPS.size()));
            }
            if (taken < STEPS.size()) {
                takeSteps(statement);
            }
        }
    }

    /** Empties every table but those of apps and users. */
    static void clearState(Handle handle) {
        handle.execute("PRAGMA defer_foreign_keys = ON");
        handle.createQuery("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('app', 'user')")
                .mapTo(String.class)
                .list()
                .forEach(table -> handle.execute("DELETE FROM \"%s\"".formatted(table)));
    }

    private static void takeSteps(Statement statement) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
        try {
            // Counted again: another process may have been faster to the lock.
            for (List<String> step : STEPS.subList(stepsTaken(statement), STEPS.size())) {
                for (String sql : step) {
                    statement.execute(sql);
                }
            }
            statement.execute("PRAGMA user_version = " + STEPS.size());
            statement.execute("COMMIT");
        } catch (SQLException e) {
            statement.execute("ROLLBACK");
            throw e;
        }
    }

    private static int stepsTaken(Statement statement) throws SQLException {
        try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
            return version.getInt(1);
        }
    }
}
