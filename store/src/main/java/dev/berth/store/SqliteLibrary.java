package dev.berth.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The native code of SQLite. The driver writes it into the temporary folder, where it stays for ever when the process is
 * killed; so it is given a folder that is gone as soon as the code is loaded.
 */
public final class SqliteLibrary {
    private static final Logger LOG = System.getLogger(SqliteLibrary.class.getName());
    private static final String FOLDER = "org.sqlite.tmpdir";

    private SqliteLibrary() {}

    /**
     * To be called before anybody uses SQLite; once is enough for a process. What is wrong is told by the first use.
     * Where {@code org.sqlite.tmpdir} is set, the code goes there, and stays.
     */
    public static synchronized void load() {
        if (System.getProperty(FOLDER) == null) {
            try {
                load(Files.createTempDirectory("berth-sqlite-"));
            } catch (Exception e) {
                LOG.log(Level.DEBUG, "SQLite was not loaded ahead", e);
            }
        }
    }

    private static void load(Path folder) throws Exception {
        System.setProperty(FOLDER, folder.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } finally {
            System.clearProperty(FOLDER);
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
