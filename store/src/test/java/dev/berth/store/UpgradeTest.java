package dev.berth.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Scale;
import dev.berth.core.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of schema 1, which kept the settings of versions in plain text. */
class UpgradeTest {
    private static final String PASSWORD = "a-password-of-schema-1";
    private static final int VERSIONS = 50;

    @TempDir
    Path folder;

    @BeforeEach
    void fillSchema1() throws Exception {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + folder.resolve("berth.db"), null, null)
                .locations("classpath:db/migration")
                .target("1")
                .load()
                .migrate();
        Vault vault = new Vault(MasterKey.loadOrCreate(folder.resolve("master.key")));
        RawSql.execute(
                folder,
                "INSERT INTO secret VALUES ('master-key', '%s', 0)"
                        .formatted(vault.seal(
                                new Vault.Place("secret", "sealed_value", "master-key"),
                                "master-key".getBytes(UTF_8))));
        RawSql.execute(folder, "INSERT INTO app VALUES ('wx1111111111111111', 'MINI_PROGRAM', 'none')");
        RawSql.execute(folder, "INSERT INTO environment VALUES ('prod-01', 'wx1111111111111111')");
        RawSql.execute(folder, "INSERT INTO service VALUES ('prod-01', 'demo', 'MINIAPP')");
        RawSql.execute(folder, "INSERT INTO version_number VALUES ('prod-01', 'demo', %d)".formatted(VERSIONS));
        for (int number = 1; number <= VERSIONS; number++) {
            RawSql.execute(folder, """
                    INSERT INTO version VALUES ('prod-01', 'demo', %d, 'digest-%1$d',
                    '{"command":["node","a.js"],"variables":{},"port":80,"origin":"Dockerfile CMD"}',
                    '{"variables":{"PASSWORD":"%s"},"idle":"PT90S"}', 1)
                    """.formatted(number, PASSWORD));
        }
        RawSql.execute(folder, "INSERT INTO release_share VALUES ('prod-01', 'demo', 0, 50, 100)");
    }

    @Test
    void everyVersionIsReadAsItWas() {
        for (int start = 0; start < 2; start++) {
            requireEveryVersion();
        }
    }

    private void requireEveryVersion() {
        try (Store store = Samples.open(folder)) {
            List<Version> versions = store.registry().versions("prod-01", "demo");
            assertThat(versions).hasSize(VERSIONS);
            Version newest = versions.getFirst();
            assertThat(newest.digest()).isEqualTo("digest-50");
            assertThat(newest.launch().command()).containsExactly("node", "a.js");
            assertThat(newest.settings().variables()).containsEntry("PASSWORD", PASSWORD);
            assertThat(newest.settings().idle()).isEqualTo(Duration.ofSeconds(90));
            assertThat(newest.settings().scale()).isEqualTo(Scale.DEFAULT);
        }
    }

    @Test
    void nothingPlainIsLeftInAnyFile() throws Exception {
        // what was deleted stays in free pages of the file
        RawSql.execute(folder, "DELETE FROM version WHERE number < 40");
        assertThat(filesWith(PASSWORD)).contains("berth.db");
        try (Store store = Samples.open(folder)) {
            assertThat(store.registry().versions("prod-01", "demo")).hasSize(11);
            assertThat(filesWith(PASSWORD)).isEmpty();
        }
        assertThat(filesWith(PASSWORD)).isEmpty();
        assertThat(filesWith("digest-50")).isEmpty();
        assertThat(filesWith("demo")).contains("berth.db");
    }

    @Test
    void anotherMasterKeySealsNothing() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("berth.db"));
        Refused.with(
                "MASTER_KEY_WRONG",
                () -> Store.open(
                        folder.resolve("berth.db"),
                        MasterKey.loadOrCreate(folder.resolve("other.key")),
                        Samples.CLOCK));
        assertThat(filesWith(PASSWORD)).contains("berth.db");
        assertThat(Files.size(folder.resolve("berth.db"))).isEqualTo(before.length);
        requireEveryVersion();
    }

    private List<String> filesWith(String text) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> contains(file, text))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
