package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data folder that somebody else has been at: the start is refused with the reason, and nothing is overwritten. */
class DamagedDataTest {
    private final Folder folder = new Folder();

    @BeforeEach
    void fill() {
        KillableServer server = KillableServer.start(folder);
        server.awaitReady();
        server.management().deploy("tiny", TinyService.tar("1"), TinyService.COMMAND);
        server.stop();
    }

    @AfterEach
    void delete() {
        folder.delete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"berth.db", "simulator.db"})
    void aDamagedDatabaseIsRefusedAndLeftAsItIs(String name) throws IOException {
        Path database = folder.data().resolve(name);
        byte[] good = Files.readAllBytes(database);
        damage(database);
        byte[] damaged = Files.readAllBytes(database);
        assertThat(refusal()).contains(database.toString()).contains("backup");
        assertThat(Files.readAllBytes(database)).isEqualTo(damaged);

        Files.write(database, good);
        startsAgain();
    }

    @Test
    void withoutItsMasterKeyADatabaseIsRefusedAndGetsNoNewOne() throws IOException {
        Path key = folder.data().resolve("master.key");
        Path elsewhere = Files.move(key, folder.path().resolve("elsewhere"));
        assertThat(refusal()).contains(key.toString()).contains("backup");
        assertThat(key).doesNotExist();

        Files.move(elsewhere, key);
        startsAgain();
    }

    @Test
    void anotherMasterKeyIsRefused() throws IOException {
        Path key = folder.data().resolve("master.key");
        byte[] good = Files.readAllBytes(key);
        Files.write(key, new byte[32]);
        assertThat(refusal()).contains(key.toString()).contains("berth.db");

        Files.write(key, good);
        startsAgain();
    }

    private String refusal() {
        Ran refused = KillableServer.start(folder).ended(30);
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
        assertThat(refused.err()).contains("error: ").contains("→").doesNotContain("\tat ");
        return refused.err();
    }

    private void startsAgain() {
        KillableServer server = KillableServer.start(folder);
        try {
            server.awaitReady();
            assertThat(server.signIn(Ledger.APP, "alice")
                            .get("tiny", "/content")
                            .body())
                    .isEqualTo("1");
        } finally {
            server.stop();
        }
    }

    /** All but the first page. */
    private static void damage(Path database) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
            byte[] noise = new byte[4096];
            Arrays.fill(noise, (byte) 0x5a);
            for (long at = noise.length; at < file.length(); at += noise.length) {
                file.seek(at);
                file.write(noise);
            }
        }
    }
}
