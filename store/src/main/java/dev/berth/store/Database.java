package dev.berth.store;

import dev.berth.core.BerthException;
import java.nio.file.Path;
import org.sqlite.SQLiteDataSource;

/** The open database file: one lane that writes, one that reads. */
final class Database implements AutoCloseable {
    private static final int READERS = 2;

    private final DatabaseFile file;
    private final Lane writer;
    private final Lane readers;

    private Database(DatabaseFile file) {
        Path path = file.path();
        this.file = file;
        this.writer = new Lane("store-writer", 1, Sqlite.writerPool(path), path);
        this.readers = new Lane("store-reader", READERS, Sqlite.readerPool(path, READERS), path);
    }

    static Database open(Path path, Vault vault, MasterKeyProof proof) {
        DatabaseFile file = DatabaseFile.acquire(path.toAbsolutePath());
        try {
            SQLiteDataSource source = Sqlite.writing(file.path());
            Schema.bringUpToDate(source, file.path(), vault, proof);
            return new Database(file);
        } catch (BerthException e) {
            file.close();
            throw e;
        } catch (RuntimeException e) {
            file.close();
            throw SqlFailures.explain(e, file.path());
        }
    }

    Lane writer() {
        return writer;
    }

    Lane readers() {
        return readers;
    }

    /** The writer goes last: SQLite folds the write-ahead log into the file when its last connection closes. */
    @Override
    public void close() {
        readers.close();
        writer.close();
        file.close();
    }
}
