package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.AccessKind;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.InwardDoor;
import dev.berth.core.Launch;
import dev.berth.core.Release;
import dev.berth.core.Service;
import dev.berth.core.Settings;
import dev.berth.core.Version;
import dev.berth.logs.LogBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed server left, as the next one finds it. */
class InterruptedWorkTest {
    @TempDir
    Path data;

    private final MemoryRegistry registry = new MemoryRegistry("prod-01");

    @Test
    void whatTheRegistryKnowsStays() throws Exception {
        Version version = version("demo");
        Path content = file("versions/prod-01/demo/demo-001/content");
        Path log = file("logs/prod-01/demo.log");
        Path serverLog = file("logs/server.0.log");
        start();
        assertThat(content).exists();
        assertThat(log).exists();
        assertThat(serverLog).exists();
        assertThat(registry.entry("prod-01", "demo").release()).isEqualTo(Release.full(version));
    }

    @Test
    void versionsWithTrafficAreKnownWithoutTheRegistry() throws Exception {
        version("demo");
        version("other");
        version("other");
        Path live = file("versions/prod-01/demo/demo-001/content");
        Path old = file("versions/prod-01/other/other-001/content");
        Path begun = file("versions/prod-01/other/other-003/content");
        registry.asked.clear();
        new InterruptedWork(
                        registry,
                        registry,
                        new ServiceFolders(data),
                        new LogBook(data.resolve("logs"), Clock.systemUTC(), 1 << 20))
                .remove();
        assertThat(registry.asked).containsExactly("other");
        assertThat(live).exists();
        assertThat(old).exists();
        assertThat(begun.getParent()).doesNotExist();
    }

    @Test
    void aDeploymentThatWasBegunIsGone() throws Exception {
        version("demo");
        file("versions/prod-01/demo/demo-001/content");
        file("versions/prod-01/demo/demo-002/content");
        file("versions/.incoming-123/content");
        start();
        assertThat(data.resolve("versions")).isDirectoryNotContaining("glob:**/.incoming*");
        assertThat(data.resolve("versions/prod-01/demo").toFile().list()).containsExactly("demo-001");
    }

    @Test
    void aServiceThatWasAboutToGetItsFirstVersionIsGone() throws Exception {
        registry.putService(new Service("prod-01", "fresh", Set.of(AccessKind.MINIAPP)));
        file("versions/prod-01/fresh/fresh-001/content");
        start();
        assertThat(registry.current().environment("prod-01"))
                .map(EnvironmentEntry::services)
                .hasValue(Map.of());
        assertThat(data.resolve("versions/prod-01")).isEmptyDirectory();
    }

    @Test
    void aServiceWithoutTrafficStays() throws Exception {
        version("demo");
        registry.release("prod-01", "demo", Release.NONE);
        start();
        assertThat(registry.versions("prod-01", "demo")).hasSize(1);
    }

    @Test
    void ofARemovedServiceNothingIsLeft() throws Exception {
        version("demo");
        file("versions/prod-01/gone/gone-001/content");
        Path log = file("logs/prod-01/gone.log");
        Path older = file("logs/prod-01/gone.log.1");
        start();
        assertThat(data.resolve("versions/prod-01/gone")).doesNotExist();
        assertThat(log).doesNotExist();
        assertThat(older).doesNotExist();
    }

    private Version version(String service) {
        registry.putService(new Service("prod-01", service, Set.of(AccessKind.MINIAPP)));
        Version version = new Version(
                registry.reserveVersion("prod-01", service),
                "digest",
                new Launch(List.of("./app"), Map.of(), OptionalInt.empty(), "--command"),
                Settings.DEFAULTS,
                Instant.EPOCH);
        registry.addAndRelease(version);
        return version;
    }

    private Path file(String name) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x");
    }

    private void start() {
        new Hosting(data, new FakeRuntime(), InwardDoor.NONE, registry, registry, Clock.systemUTC(), event -> {})
                .close();
    }
}
