package dev.berth.store;

import dev.berth.core.VersionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * V2: encrypts what schema 1 kept of versions in plain text. Done by Flyway in one transaction with its own record, so
 * that a version is never sealed twice.
 */
final class SealVersions implements JavaMigration {
    private final Vault vault;

    SealVersions(Vault vault) {
        this.vault = vault;
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("2");
    }

    @Override
    public String getDescription() {
        return "seal versions";
    }

    @Override
    public Integer getChecksum() {
        return 0;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            for (SealedColumn column : SealedColumn.values()) {
                statement.execute("ALTER TABLE version RENAME COLUMN %s TO %s".formatted(column.plain(), column));
            }
        }
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT * FROM version ORDER BY environment_id, service, number");
                PreparedStatement update = connection.prepareStatement("""
                        UPDATE version SET sealed_digest = ?, sealed_launch = ?, sealed_settings = ?
                        WHERE environment_id = ? AND service = ? AND number = ?
                        """)) {
            while (row.next()) {
                VersionId id = VersionRows.id(row);
                update.setString(1, SealedColumn.DIGEST.seal(vault, id, row.getString("sealed_digest")));
                update.setString(2, SealedColumn.LAUNCH.seal(vault, id, row.getString("sealed_launch")));
                update.setString(3, SealedColumn.SETTINGS.seal(vault, id, row.getString("sealed_settings")));
                update.setString(4, id.environmentId());
                update.setString(5, id.service());
                update.setInt(6, id.number());
                update.addBatch();
            }
            update.executeBatch();
        }
    }
}
