package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** A value in the database that only its own master key opens. */
final class MasterKeyProof {
    static final String NAME = "master-key";

    private final MasterKey master;
    private final Vault vault;
    private final Path databaseFile;

    MasterKeyProof(MasterKey master, Path databaseFile) {
        this.master = master;
        this.vault = new Vault(master);
        this.databaseFile = databaseFile;
    }

    static byte[] content() {
        return NAME.getBytes(UTF_8);
    }

    /** @throws BerthException {@code MASTER_KEY_WRONG} */
    void require(String proof) {
        if (vault.tryOpen(Keyring.place(NAME), proof).isEmpty()) {
            throw new BerthException(new Problem(
                    "MASTER_KEY_WRONG",
                    "store",
                    "The master key in %s is not the one that %s was encrypted with."
                            .formatted(master.file(), databaseFile),
                    "Put back the key file that belongs to this database, or restore both from the same backup."));
        }
    }

    /** Before anything is changed; a database that has none yet passes. */
    void requireIfPresent(DataSource source) {
        read(source).ifPresent(this::require);
    }

    private Optional<String> read(DataSource source) {
        try (Connection connection = source.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT sealed_value FROM secret WHERE name = ?")) {
            select.setString(1, NAME);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw SqlFailures.explain(e, databaseFile);
        }
    }
}
