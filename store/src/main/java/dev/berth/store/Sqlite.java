package dev.berth.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** How Berth opens a SQLite file: write-ahead log, on the disk before a commit returns, foreign keys checked. */
final class Sqlite {
    private static final int BUSY_MILLIS = 5_000;

    private Sqlite() {}

    static SQLiteDataSource writing(Path file) {
        return source(file, TransactionMode.IMMEDIATE);
    }

    static HikariDataSource writerPool(Path file) {
        return new HikariDataSource(pool("store-writer", writing(file), 1));
    }

    static HikariDataSource readerPool(Path file, int connections) {
        HikariConfig config = pool("store-reader", source(file, TransactionMode.DEFERRED), connections);
        config.setConnectionInitSql("PRAGMA query_only = ON");
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    private static SQLiteDataSource source(Path file, TransactionMode transactions) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(transactions);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static HikariConfig pool(String name, SQLiteDataSource source, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(connections);
        // A connection to a file does not age.
        config.setMaxLifetime(0);
        config.setIdleTimeout(0);
        return config;
    }
}
