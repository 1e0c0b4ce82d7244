package dev.berth.store;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables, by the migrations in {@code db/migration} and {@link SealVersions}. Flyway is asked only when there is something to do. */
final class Schema {
    /** The newest migration. */
    static final int NEWEST = 6;

    private static final int NONE = 0;

    private Schema() {}

    static void bringUpToDate(DataSource source, Path file, Vault vault, MasterKeyProof proof) {
        int present = present(source, file);
        if (present > NEWEST) {
            throw new BerthException(new Problem(
                    "DATABASE_NEWER",
                    "store",
                    "database file %s: schema version %d (expected: <= %d); a newer Berth has written it"
                            .formatted(file, present, NEWEST),
                    "Run that newer Berth, or restore the backup made before the upgrade."));
        }
        if (present < NEWEST) {
            if (present > NONE) {
                proof.requireIfPresent(source); // what is sealed with another key is lost
            }
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .javaMigrations(new SealVersions(vault))
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        }
    }

    private static int present(DataSource source, Path file) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            if (number(statement, "SELECT count(*) FROM sqlite_master WHERE name = 'flyway_schema_history'") == 0) {
                requireEmpty(statement, file);
                return NONE;
            }
            return number(
                    statement,
                    "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history WHERE success");
        } catch (SQLException e) {
            throw SqlFailures.explain(e, file);
        }
    }

    private static void requireEmpty(Statement statement, Path file) throws SQLException {
        if (number(statement, "SELECT count(*) FROM sqlite_master") > 0) {
            throw new BerthException(new Problem(
                    "DATABASE_FOREIGN",
                    "store",
                    "database file %s holds tables of another program".formatted(file),
                    "Name another file for Berth's database."));
        }
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }
}
