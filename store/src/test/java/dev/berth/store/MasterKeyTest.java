package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
    @TempDir
    Path folder;

    private Path data;
    private Path file;

    @BeforeEach
    void name() {
        data = folder.resolve("data");
        file = data.resolve("master.key");
    }

    @Test
    void isMadeOnceForItsOwnerAlone() throws Exception {
        MasterKey made = MasterKey.loadOrCreate(file);
        MasterKey read = MasterKey.loadOrCreate(file);

        assertThat(read.key()).isEqualTo(made.key());
        assertThat(Files.size(file)).isEqualTo(32);
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(filesIn(data)).containsExactly(file);
        assertThat(made.toString()).contains("master.key").doesNotContain("SecretKey");
    }

    @Test
    void serversThatStartTogetherGetTheSameKey() throws Exception {
        Set<Object> keys = new HashSet<>();
        try (ExecutorService servers = Executors.newFixedThreadPool(8)) {
            Callable<Object> start = () -> MasterKey.loadOrCreate(file).key();
            for (Future<Object> key : servers.invokeAll(Collections.nCopies(8, start))) {
                keys.add(key.get());
            }
        }
        assertThat(keys).hasSize(1);
        assertThat(filesIn(data)).containsExactly(file);
    }

    @Test
    void isRefusedWhenOthersMayReadIt() throws Exception {
        MasterKey.loadOrCreate(file);
        for (String exposed : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(exposed));
            var problem = Refused.with("MASTER_KEY_EXPOSED", () -> MasterKey.loadOrCreate(file));
            assertThat(problem.message()).contains(exposed);
            assertThat(problem.hint()).isEqualTo("Run: chmod 600 " + file);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        MasterKey.loadOrCreate(file);
    }

    @Test
    void isRefusedWhenItsLengthIsWrong() throws Exception {
        MasterKey.loadOrCreate(file);
        Files.write(file, new byte[31]);
        assertThat(Refused.with("MASTER_KEY_DAMAGED", () -> MasterKey.loadOrCreate(file))
                        .message())
                .contains("31 bytes (expected: 32)");
    }

    @Test
    void isRefusedWhereItCannotBe() throws Exception {
        Files.writeString(data, "a file, not a folder");
        Refused.with("MASTER_KEY_UNWRITABLE", () -> MasterKey.loadOrCreate(file));
        Refused.with("MASTER_KEY_UNREADABLE", () -> {
            Path directory = Files.createDirectory(folder.resolve("directory"));
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            MasterKey.loadOrCreate(directory);
        });
    }

    @Test
    void noNewOneIsMadeForADatabaseThatHasOne() throws Exception {
        Samples.open(folder).close();
        Path database = folder.resolve("berth.db");
        Path key = folder.resolve("master.key");
        Path moved = Files.move(key, folder.resolve("moved.key"));
        var problem = Refused.with("MASTER_KEY_MISSING", () -> MasterKey.loadOrCreate(key, database));
        assertThat(problem.message()).contains(key.toString()).contains(database.toString());
        assertThat(key).doesNotExist();

        Files.move(moved, key);
        Store.open(database, MasterKey.loadOrCreate(key, database), Samples.CLOCK)
                .close();
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<Path> filesIn(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
