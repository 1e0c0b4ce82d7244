package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostScriptTest {
    @TempDir
    Path folder;

    @Test
    void allFilesOfTheScriptAreInstalledOverOlderOnes() throws Exception {
        Path target = folder.resolve("data/host");
        HostScript.install(target);
        Files.writeString(target.resolve("host.cjs"), "an older one");

        HostScript script = HostScript.install(target);

        assertThat(script.command(List.of("--max-old-space-size=64"), Optional.empty()))
                .containsExactly(
                        "node",
                        "--max-old-space-size=64",
                        target.toRealPath().resolve("host.cjs").toString());
        assertThat(namesIn(target)).isEqualTo(namesIn(Path.of("src/main/resources/dev/berth/functions")));
        assertThat(target.resolve("host.cjs")).content().contains("Berth's function host");
    }

    @Test
    void onlyWhatIsAskedForIsAVariable() {
        var key = HostKey.random();
        var least = new HostScript.Start(key, "index.main", OptionalInt.empty(), Optional.empty());
        var most = new HostScript.Start(key, "src/app.run", OptionalInt.of(9229), Optional.of(Path.of("/cache")));

        assertThat(least.variables())
                .containsOnlyKeys("BERTH_HOST_KEY", "BERTH_HOST_HANDLER")
                .containsEntry("BERTH_HOST_KEY", key.value());
        assertThat(most.variables())
                .containsEntry("BERTH_HOST_HANDLER", "src/app.run")
                .containsEntry("BERTH_HOST_INSPECT", "9229")
                .containsEntry("BERTH_HOST_CACHE", "/cache");
    }

    @Test
    void keysAreNotAlike() {
        assertThat(HostKey.random().value())
                .hasSize(43)
                .isNotEqualTo(HostKey.random().value());
    }

    private static Set<String> namesIn(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
