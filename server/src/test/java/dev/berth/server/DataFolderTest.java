package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.BerthException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir
    private Path folder;

    @Test
    void theTokenIsMadeOnceForItsOwnerAlone() throws Exception {
        Path data = folder.resolve("new/data");
        String token;
        try (DataFolder open = DataFolder.open(data)) {
            token = open.token();
            assertThat(open.token()).isEqualTo(token);
        }

        try (DataFolder again = DataFolder.open(data)) {
            assertThat(again.token()).isEqualTo(token);
        }
        assertThat(token).matches("[A-Za-z0-9_-]{32}");
        assertThat(permissions(data.resolve("token"))).isEqualTo("rw-------");
        assertThat(permissions(data)).isEqualTo("rwx------");
    }

    @Test
    void anEmptyTokenIsNoneAndAnOpenOneIsClosed() throws Exception {
        Files.writeString(folder.resolve("token"), "\n");
        Files.setPosixFilePermissions(folder.resolve("token"), PosixFilePermissions.fromString("rw-r--r--"));
        try (DataFolder open = DataFolder.open(folder)) {
            assertThat(open.token()).hasSize(32);
            assertThat(permissions(folder.resolve("token"))).isEqualTo("rw-------");

            Files.setPosixFilePermissions(folder.resolve("token"), PosixFilePermissions.fromString("rw-rw-rw-"));
            assertThat(open.token()).hasSize(32);
            assertThat(permissions(folder.resolve("token"))).isEqualTo("rw-------");
        }
    }

    @Test
    void theDescriptionIsForTheOwnerAndGoesWithTheServer() throws Exception {
        Path file = folder.resolve("server.json");
        try (DataFolder open = DataFolder.open(folder)) {
            open.announce(new JsonObject().put("pid", 1));
            open.announce(new JsonObject().put("pid", 2));

            assertThat(new JsonObject(Files.readString(file)).getInteger("pid")).isEqualTo(2);
            assertThat(permissions(file)).isEqualTo("rw-------");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aServerDescribesItselfInItsFolder() throws Exception {
        try (ServerFixture server = ServerFixture.start(folder)) {
            assertThat(new JsonObject(Files.readString(folder.resolve("server.json"))))
                    .isEqualTo(server.server().description());
        }
        assertThat(folder.resolve("server.json")).doesNotExist();
    }

    @Test
    void aSecondServerOfTheSameProcessIsRefused() {
        try (DataFolder first = DataFolder.open(folder)) {
            assertLocked(folder);
            assertLocked(folder.resolve("../" + folder.getFileName()));
            assertThat(first.path()).isAbsolute();
        }
        DataFolder.open(folder).close();
    }

    /** POSIX gives a lock up when its process closes any descriptor of the file: the refusal in between must not. */
    @Test
    void aServerOfAnotherProcessIsRefusedEvenAfterOneOfTheSame() throws Exception {
        try (DataFolder first = DataFolder.open(folder)) {
            assertThat(elsewhere()).isEqualTo("DATA_LOCKED");
            assertLocked(folder);
            assertThat(elsewhere()).isEqualTo("DATA_LOCKED");
            assertThat(first.path()).isAbsolute();
        }
        assertThat(elsewhere()).isEqualTo("OPEN");
    }

    @Test
    void aFolderThatCannotBeOneIsToldSo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        for (Path path : new Path[] {file, file.resolve("below"), Path.of("/proc/berth")}) {
            assertThatThrownBy(() -> DataFolder.open(path)).isInstanceOfSatisfying(BerthException.class, e -> {
                assertThat(e.problem().code()).isEqualTo("DATA_UNUSABLE");
                assertThat(e.problem().message()).contains(path.toString());
                assertThat(e.problem().hint()).contains("BERTH_DATA");
            });
        }
    }

    private static void assertLocked(Path path) {
        assertThatThrownBy(() -> DataFolder.open(path)).isInstanceOfSatisfying(BerthException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("DATA_LOCKED");
            assertThat(e.problem().hint()).contains("berth down");
        });
    }

    private String elsewhere() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherServer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said.strip();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
