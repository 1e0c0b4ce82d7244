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
                    ) STRICT, WITHOUT ROWID"""));

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
