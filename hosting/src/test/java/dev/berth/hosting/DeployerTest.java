package dev.berth.hosting;

import static dev.berth.hosting.DeployRoom.PACKAGE;
import static dev.berth.hosting.DeployRoom.app;
import static dev.berth.hosting.DeployRoom.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.artifacts.Trees;
import dev.berth.core.AccessKind;
import dev.berth.core.Release;
import dev.berth.core.Scale;
import dev.berth.core.Settings;
import dev.berth.core.Version;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeployerTest {
    @TempDir
    Path data;

    private DeployRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new DeployRoom(data);
    }

    @Test
    @Tag("HO-3")
    @Tag("HO-8")
    void theFirstVersionGetsAllTraffic() throws Exception {
        Deployed deployed = room.deploy(request(app("1")));

        assertThat(deployed.changed()).isTrue();
        assertThat(deployed.version().id().name()).isEqualTo("demo-001");
        assertThat(room.registry.entry("prod-01", "demo").release()).isEqualTo(Release.full(deployed.version()));
        assertThat(room.registry.entry("prod-01", "demo").service().access()).containsExactly(AccessKind.MINIAPP);
        assertThat(room.left()).containsExactly("prod-01/demo/demo-001/app.js", "prod-01/demo/demo-001/package.json");
        assertThat(room.progress).containsExactly("Starts with: node app.js (package.json scripts.start)");
    }

    @Test
    void unchangedFilesMakeNoNewVersion() throws Exception {
        Deployed first = room.deploy(request(app("1")));
        room.progress.clear();
        Deployed again = room.deploy(request(gzip(Tars.of("app.js", "1", "package.json", PACKAGE))));
        assertThat(again).isEqualTo(new Deployed(first.version(), false));
        assertThat(room.registry.versions("prod-01", "demo")).hasSize(1);
        assertThat(room.left()).hasSize(2);
    }

    @Test
    @Tag("HO-12")
    void anyOtherContentModeLaunchOrSettingIsAChange() throws Exception {
        room.deploy(request(app("1")));
        assertThat(room.deploy(request(app("2"))).changed()).isTrue();
        assertThat(room.deploy(request(Tars.of("package.json", PACKAGE, "app.js", "2", "new", "")))
                        .changed())
                .isTrue();
        InputStream executable = Tars.of(tar -> tar.file("package.json", PACKAGE.getBytes(UTF_8), 0644)
                .file("app.js", "2".getBytes(UTF_8), 0644)
                .file("new", new byte[0], 0755));
        assertThat(room.deploy(request(executable)).changed()).isTrue();
        Deployed with = room.deploy(request(app("2"), Map.of("A", "1", "B", "2"), Set.of()));
        assertThat(with.changed()).isTrue();
        Deployed without = room.deploy(request(app("2"), Map.of("A", "1"), Set.of()));
        assertThat(without.changed()).isTrue();
        assertThat(without.version().settings().variables())
                .as("replaced as a whole")
                .isEqualTo(Map.of("A", "1"));
        assertThat(with.version().settings().variables()).containsKey("B");
    }

    @Test
    void aReturnToAnEarlierContentIsANewVersion() throws Exception {
        room.deploy(request(app("1")));
        room.deploy(request(app("2")));
        assertThat(room.deploy(request(app("1"))).version().id().number()).isEqualTo(3);
    }

    @Test
    void lostFilesAreDeployedAnew() throws Exception {
        Version first = room.deploy(request(app("1"))).version();
        Trees.delete(room.folders.filesOf(first.id()));
        assertThat(room.deploy(request(app("1"))).changed()).isTrue();
    }

    @Test
    void accessIsKeptUnlessGiven() throws Exception {
        room.deploy(request(app("1"), Map.of(), Set.of(AccessKind.MINIAPP, AccessKind.PUBLIC)));
        room.deploy(request(app("2")));
        assertThat(room.registry.entry("prod-01", "demo").service().isOpenTo(AccessKind.PUBLIC))
                .isTrue();
        assertThat(room.deploy(request(app("2"), Map.of(), Set.of(AccessKind.MINIAPP)))
                        .changed())
                .isFalse();
        assertThat(room.registry.entry("prod-01", "demo").service().isOpenTo(AccessKind.PUBLIC))
                .isFalse();
    }

    @Test
    void commandPortAndIdleAreTaken() {
        Version version = room.deploy(new DeployRequest(
                        "prod-01",
                        "demo",
                        Tars.of("x", ""),
                        Optional.of("./x"),
                        OptionalInt.of(8080),
                        Optional.of(Duration.ofSeconds(5)),
                        AskedScale.NONE,
                        Map.of(),
                        Set.of(),
                        true))
                .version();
        assertThat(version.launch().command()).containsExactly("sh", "-c", "./x");
        assertThat(version.launch().port()).hasValue(8080);
        assertThat(version.settings().idle()).hasSeconds(5);
    }

    @Test
    void aPortAmongTheVariablesIsFixed() {
        Version version =
                room.deploy(request(app("1"), Map.of("PORT", "3000"), Set.of())).version();
        assertThat(version.launch().port()).hasValue(3000);
        assertThat(version.settings())
                .isEqualTo(new Settings(Map.of("PORT", "3000"), Settings.DEFAULT_IDLE, Scale.DEFAULT));
    }

    @Test
    void buildDirIsWhatIsDeployed() throws Exception {
        room.deploy(request(Tars.of(
                "container.config.json", "{\"buildDir\":\"server\"}", "server/package.json", PACKAGE, "web/x", "")));
        assertThat(room.left()).containsExactly("prod-01/demo/demo-001/package.json");
    }

    @Test
    void concurrentDeploymentsOfOneServiceAreSerialised() throws Exception {
        List<Future<Deployed>> futures = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String source = "source " + i % 10;
                futures.add(threads.submit(() -> {
                    go.await();
                    return room.deployer.deploy(request(app(source)), _ -> {});
                }));
            }
            go.countDown();
        }
        List<Integer> numbers = new ArrayList<>();
        for (Future<Deployed> future : futures) {
            if (future.get().changed()) {
                numbers.add(future.get().version().id().number());
            }
        }
        assertThat(numbers).doesNotHaveDuplicates();
        assertThat(room.registry.versions("prod-01", "demo")).hasSameSizeAs(numbers);
        Version newest = room.registry.versions("prod-01", "demo").get(0);
        assertThat(room.registry.entry("prod-01", "demo").release()).isEqualTo(Release.full(newest));
        assertThat(room.left()).hasSize(numbers.size() * 2);
    }

    private static InputStream gzip(InputStream tar) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            tar.transferTo(gzip);
        }
        return new ByteArrayInputStream(packed.toByteArray());
    }
}
