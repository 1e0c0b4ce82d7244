package dev.berth.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A hand in the closed database, past the store. */
final class RawSql {
    private RawSql() {}

    static void execute(Path folder, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("berth.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
