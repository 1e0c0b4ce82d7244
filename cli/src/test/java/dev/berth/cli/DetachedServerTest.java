package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DetachedServerTest {
    private static final Path HERE = Path.of("/here");

    @Test
    void theDataFolderIsWhereTheServerWillHaveIt() {
        assertThat(dataFolder(Map.of())).isEqualTo(HERE.resolve(".berth"));
        assertThat(dataFolder(Map.of("BERTH_DATA", ""))).isEqualTo(HERE.resolve(".berth"));
        assertThat(dataFolder(Map.of("BERTH_DATA", "state"))).isEqualTo(HERE.resolve("state"));
        assertThat(dataFolder(Map.of("BERTH_DATA", "/elsewhere"))).isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void aNewDataFolderIsItsOwnersOnly(@TempDir Path parent) throws IOException {
        Path data = parent.resolve("deep/data");
        Path logs = DetachedServer.logFolder(data);

        for (Path made : List.of(parent.resolve("deep"), data, logs)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .as(made.toString())
                    .isEqualTo("rwx------");
        }
        assertThat(DetachedServer.logFolder(data)).as("a second time").isEqualTo(logs);
    }

    private static Path dataFolder(Map<String, String> variables) {
        return DetachedServer.dataFolder(
                new Shell(HERE, variables, InputStream.nullInputStream(), System.out, System.err));
    }
}
