package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DetachedServerTest {
    private static final Path HERE = Path.of("/here");

    @Test
    void theDataFolderIsWhereTheServerWillHaveIt() {
        assertThat(dataFolder(Map.of())).isEqualTo(HERE.resolve(".berth"));
        assertThat(dataFolder(Map.of("BERTH_DATA", ""))).isEqualTo(HERE.resolve(".berth"));
        assertThat(dataFolder(Map.of("BERTH_DATA", "state"))).isEqualTo(HERE.resolve("state"));
        assertThat(dataFolder(Map.of("BERTH_DATA", "/elsewhere"))).isEqualTo(Path.of("/elsewhere"));
    }

    private static Path dataFolder(Map<String, String> variables) {
        return DetachedServer.dataFolder(
                new Shell(HERE, variables, InputStream.nullInputStream(), System.out, System.err));
    }
}
