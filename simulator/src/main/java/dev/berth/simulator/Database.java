package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.sqlite.SQLiteConfig;

/**
 * The simulator's SQLite file: one connection, used by one platform thread (SQLite is native code, which would pin a
 * virtual thread and must not stall an event loop). Each piece of work is a transaction of its own and runs after the
 * one before; with {@code synchronous=FULL} in WAL mode, work that has answered survives the death of the process.
 */
final class Database {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final Jdbi jdbi;
    private final Connection connection;
    private final WorkerExecutor thread;

    private Database(Path file, Connection connection, WorkerExecutor thread) {
        this.file = file;
        this.connection = connection;
        this.jdbi = Jdbi.create(connection);
        // Arguments may be secrets, so messages do not show them.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        this.thread = thread;
    }

    /** Blocks while the file is opened and brought up to this version's tables. */
    static Database open(Vertx vertx, Path file) {
        Connection connection = connect(file);
        try {
            Schema.migrate(connection);
            return new Database(
                    file, connection, vertx.createSharedWorkerExecutor("simulator-" + UUID.randomUUID(), 1));
        } catch (SQLException e) {
            closeQuietly(connection, e);
            throw unusable(file, e);
        }
    }

    /** Runs work in a transaction; the future fails with what the work throws, which undoes it. */
    <T, X extends Exception> Future<T> inTransaction(HandleCallback<T, X> work) {
        return thread.executeBlocking(() -> jdbi.inTransaction((Handle handle) -> work.withHandle(handle)), false);
    }

    /** Closes after all work that was handed in before. */
    Future<Void> close() {
        return thread.<Void>executeBlocking(
                        () -> {
                            connection.close();
                            return null;
                        },
                        false)
                .eventually(thread::close);
    }

    private static Connection connect(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(5_000);
        // A transaction that reads first and writes later would fail, not wait, when another process wrote in between.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        Path place = file.toAbsolutePath();
        try {
            Files.createDirectories(place.getParent());
            // SQLite gives its -wal and -shm files the permissions of this one, which holds the secrets of apps.
            if (!Files.exists(place)) {
                createOwned(place);
            }
            return config.createConnection("jdbc:sqlite:" + place);
        } catch (IOException e) {
            throw new SimulatorException(
                    "The simulator cannot open its database %s: %s. %s"
                            .formatted(place, e.getMessage(), DatabaseTrouble.UNWRITABLE.hint()),
                    e);
        } catch (SQLException e) {
            throw unusable(place, e);
        }
    }

    private static void createOwned(Path place) throws IOException {
        try {
            Files.createFile(place, OWNER_ONLY);
        } catch (FileAlreadyExistsException another) {
            // Another simulator was quicker.
        }
    }

    /** The failure itself, unless it is one of the database's own. */
    RuntimeException explain(RuntimeException failure) {
        return DatabaseTrouble.of(failure).isPresent() ? unusable(file, failure) : failure;
    }

    private static SimulatorException unusable(Path file, Exception failure) {
        String why = DatabaseTrouble.of(failure)
                .map(trouble -> "%s (%s). %s".formatted(trouble.reason(), failure.getMessage(), trouble.hint()))
                .orElseGet(() -> String.valueOf(failure.getMessage()));
        return new SimulatorException("The simulator cannot use its database %s: %s".formatted(file, why), failure);
    }

    private static void closeQuietly(Connection connection, SQLException cause) {
        try {
            connection.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
