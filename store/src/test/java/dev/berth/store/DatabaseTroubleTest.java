package dev.berth.store;

import static dev.berth.store.Samples.ENVIRONMENT;
import static dev.berth.store.Samples.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTroubleTest {
    @TempDir
    Path folder;

    @Test
    void schemaOfANewerBerthIsRefused() throws Exception {
        Samples.open(folder).close();
        RawSql.execute(folder, """
                INSERT INTO flyway_schema_history
                SELECT 999, '999', description, type, script, checksum, installed_by, installed_on, 1, 1
                FROM flyway_schema_history WHERE version = '1'
                """);
        assertThat(Refused.with("DATABASE_NEWER", () -> Samples.open(folder)).message())
                .contains("999 (expected: <= " + Schema.NEWEST + ")");
    }

    @Test
    void newestSchemaIsTheNewestMigration() throws Exception {
        URL migrations = Objects.requireNonNull(Schema.class.getResource("/db/migration"));
        try (Stream<Path> files = Files.list(Path.of(URI.create(migrations.toString())))) {
            List<Integer> numbers = files.map(file -> file.getFileName().toString())
                    .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                    .sorted()
                    .toList();
            assertThat(numbers.getLast()).isEqualTo(Schema.NEWEST);
        }
    }

    @Test
    void schemaThatWasBegunIsFinished() throws Exception {
        Samples.open(folder).close();
        for (String table : List.of(
                "trigger_tick",
                "function_history",
                "function_version",
                "function_number",
                "function",
                "access_token",
                "cloud_call",
                "release_history",
                "release_share",
                "version",
                "version_number",
                "service",
                "environment_grant",
                "environment",
                "app",
                "session",
                "secret")) {
            RawSql.execute(folder, "DROP TABLE " + table);
        }
        RawSql.execute(folder, "DELETE FROM flyway_schema_history");
        try (Store store = Samples.open(folder)) {
            Samples.fill(store);
        }
    }

    @Test
    void databaseOfAnotherProgramIsRefused() throws Exception {
        RawSql.execute(folder, "CREATE TABLE customer (id TEXT)");
        Refused.with("DATABASE_FOREIGN", () -> Samples.open(folder));
    }

    @Test
    void fileThatIsNoDatabaseIsRefused() throws Exception {
        Files.writeString(folder.resolve("berth.db"), "This is not a database.\n".repeat(500));
        Refused.with("DATABASE_DAMAGED", () -> Samples.open(folder));
    }

    @Test
    void damagedPagesAreRefused() throws Exception {
        try (Store store = Samples.open(folder)) {
            Samples.fill(store);
        }
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("berth.db").toFile(), "rw")) {
            byte[] noise = new byte[4096];
            Arrays.fill(noise, (byte) 0x5a);
            for (long page = 1; (page + 1) * 4096 <= file.length(); page++) {
                file.seek(page * 4096);
                file.write(noise);
            }
        }
        Refused.with("DATABASE_DAMAGED", () -> Samples.open(folder));
    }

    @Test
    void placeWhereNoFolderCanBeIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        MasterKey key = MasterKey.loadOrCreate(folder.resolve("key"));
        assertThat(Refused.with("DATABASE_UNWRITABLE", () -> Store.open(file.resolve("berth.db"), key, Samples.CLOCK))
                        .message())
                .contains(file.toString());
    }

    @Test
    void folderThatMayNotBeWrittenIsRefused() throws Exception {
        Path closed = Path.of("/proc"); // where not even root may make a file
        MasterKey key = MasterKey.loadOrCreate(folder.resolve("key"));
        Refused.with("DATABASE_UNWRITABLE", () -> Store.open(closed.resolve("berth.db"), key, Samples.CLOCK));
    }

    @Test
    void secondServerIsRefusedUntilTheFirstHasEnded() {
        try (Store first = Samples.open(folder)) {
            Samples.fill(first);
            Refused.with("DATABASE_IN_USE", () -> Samples.open(folder));
            Refused.with("DATABASE_IN_USE", () -> Samples.open(folder));
        }
        Samples.open(folder).close();
    }

    @Test
    void fullDiskRefusesTheChangeAndKeepsTheRest() {
        try (Store store = Samples.open(folder)) {
            Samples.fill(store);
            var kept = Samples.deploy(store);
            int pages = pragma(store, "page_count");
            pragma(store, "max_page_count = " + pages);

            Refused.with("DISK_FULL", () -> {
                for (int i = 0; i < 1_000; i++) {
                    Samples.deploy(store);
                }
            });
            var present = store.registry().versions(ENVIRONMENT.id(), SERVICE.name());
            var released = store.directory()
                    .current()
                    .environment(ENVIRONMENT.id())
                    .orElseThrow()
                    .service(SERVICE.name())
                    .orElseThrow()
                    .release();
            assertThat(present).contains(kept);
            assertThat(released.shares().getFirst().version()).isEqualTo(present.getFirst());

            pragma(store, "max_page_count = " + (pages + 1_000));
            Samples.deploy(store);
        }
        Samples.open(folder).close();
    }

    @Test
    void writesReachTheDiskBeforeTheyAreAcknowledged() {
        try (Store store = Samples.open(folder)) {
            assertThat(pragma(store, "synchronous")).isEqualTo(2);
            assertThat(pragma(store, "foreign_keys")).isEqualTo(1);
            String journal = store.database()
                    .writer()
                    .call(handle -> handle.select("PRAGMA journal_mode")
                            .mapTo(String.class)
                            .one());
            assertThat(journal).isEqualTo("wal");
        }
    }

    @Test
    void readersCannotWrite() {
        try (Store store = Samples.open(folder)) {
            Refused.with(
                    "DATABASE_UNWRITABLE",
                    () -> store.database().readers().call(handle -> handle.execute("DELETE FROM app")));
        }
    }

    private static int pragma(Store store, String pragma) {
        return store.database()
                .writer()
                .call(handle ->
                        handle.select("PRAGMA " + pragma).mapTo(Integer.class).one());
    }
}
