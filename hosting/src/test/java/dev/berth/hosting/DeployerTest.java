package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.AccessKind;
import dev.berth.core.Release;
import dev.berth.core.Scale;
import dev.berth.core.Settings;
import dev.berth.core.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeployerTest {
    private static final String PACKAGE = "{\"scripts\":{\"start\":\"node app.js\"}}";

    @TempDir
    Path data;

    private final MemoryRegistry registry = new MemoryRegistry("prod-01");
    private final List<String> progress = new ArrayList<>();
    private VersionFolders folders;
    private Deployer deployer;

    @BeforeEach
    void open() throws IOException {
        folders = new VersionFolders(data);
        deployer = deployer("npm-that-does-not-exist");
    }

    private Deployer deployer(String npm) {
        return new Deployer(
                folders,
                registry,
                registry,
                new ServiceLocks(),
                new NpmInstall(npm),
                Clock.systemUTC(),
                TarUnpacker.Bounds.DEFAULT);
    }

    private static DeployRequest request(InputStream tar) {
        return request(tar, Map.of(), Set.of());
    }

    private static DeployRequest request(InputStream tar, Map<String, String> variables, Set<AccessKind> access) {
        return new DeployRequest(
                "prod-01",
                "demo",
                tar,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                AskedScale.NONE,
                variables,
                access,
                true);
    }

    private static InputStream app(String source) {
        return Tars.of("package.json", PACKAGE, "app.js", source);
    }

    private Deployed deploy(DeployRequest request) {
        return deployer.deploy(request, progress::add);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("versions"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> data.resolve("versions").relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    @Tag("HO-3")
    @Tag("HO-8")
    void theFirstVersionGetsAllTraffic() throws Exception {
        Deployed deployed = deploy(request(app("1")));

        assertThat(deployed.changed()).isTrue();
        assertThat(deployed.version().id().name()).isEqualTo("demo-001");
        assertThat(registry.entry("prod-01", "demo").release()).isEqualTo(Release.full(deployed.version()));
        assertThat(registry.entry("prod-01", "demo").service().access()).containsExactly(AccessKind.MINIAPP);
        assertThat(left()).containsExactly("prod-01/demo/demo-001/app.js", "prod-01/demo/demo-001/package.json");
        assertThat(progress).containsExactly("Starts with: node app.js (package.json scripts.start)");
    }

    @Test
    void unchangedFilesMakeNoNewVersion() throws Exception {
        Deployed first = deploy(request(app("1")));
        progress.clear();
        Deployed again = deploy(request(
                new Tars().file("app.js", "1").file("package.json", PACKAGE).gzip()));
        assertThat(again).isEqualTo(new Deployed(first.version(), false));
        assertThat(registry.versions("prod-01", "demo")).hasSize(1);
        assertThat(left()).hasSize(2);
    }

    @Test
    @Tag("HO-12")
    void anyOtherContentModeLaunchOrSettingIsAChange() throws Exception {
        deploy(request(app("1")));
        assertThat(deploy(request(app("2"))).changed()).isTrue();
        assertThat(deploy(request(Tars.of("package.json", PACKAGE, "app.js", "2", "new", "")))
                        .changed())
                .isTrue();
        InputStream executable =
                new Tars().file("package.json", PACKAGE).file("app.js", "2").file("new", new byte[0], 0755).stream();
        assertThat(deploy(request(executable)).changed()).isTrue();
        Deployed with = deploy(request(app("2"), Map.of("A", "1", "B", "2"), Set.of()));
        assertThat(with.changed()).isTrue();
        Deployed without = deploy(request(app("2"), Map.of("A", "1"), Set.of()));
        assertThat(without.changed()).isTrue();
        assertThat(without.version().settings().variables())
                .as("replaced as a whole")
                .isEqualTo(Map.of("A", "1"));
        assertThat(with.version().settings().variables()).containsKey("B");
    }

    @Test
    void aReturnToAnEarlierContentIsANewVersion() throws Exception {
        deploy(request(app("1")));
        deploy(request(app("2")));
        assertThat(deploy(request(app("1"))).version().id().number()).isEqualTo(3);
    }

    @Test
    void lostFilesAreDeployedAnew() throws Exception {
        Version first = deploy(request(app("1"))).version();
        Trees.delete(folders.filesOf(first.id()));
        assertThat(deploy(request(app("1"))).changed()).isTrue();
    }

    @Test
    void accessIsKeptUnlessGiven() throws Exception {
        deploy(request(app("1"), Map.of(), Set.of(AccessKind.MINIAPP, AccessKind.PUBLIC)));
        deploy(request(app("2")));
        assertThat(registry.entry("prod-01", "demo").service().isOpenTo(AccessKind.PUBLIC))
                .isTrue();
        assertThat(deploy(request(app("2"), Map.of(), Set.of(AccessKind.MINIAPP)))
                        .changed())
                .isFalse();
        assertThat(registry.entry("prod-01", "demo").service().isOpenTo(AccessKind.PUBLIC))
                .isFalse();
    }

    @Test
    void commandPortAndIdleAreTaken() {
        Version version = deploy(new DeployRequest(
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
                deploy(request(app("1"), Map.of("PORT", "3000"), Set.of())).version();
        assertThat(version.launch().port()).hasValue(3000);
        assertThat(version.settings())
                .isEqualTo(new Settings(Map.of("PORT", "3000"), Settings.DEFAULT_IDLE, Scale.DEFAULT));
    }

    @Test
    void buildDirIsWhatIsDeployed() throws Exception {
        deploy(request(Tars.of(
                "container.config.json", "{\"buildDir\":\"server\"}", "server/package.json", PACKAGE, "web/x", "")));
        assertThat(left()).containsExactly("prod-01/demo/demo-001/package.json");
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
                    return deployer.deploy(request(app(source)), _ -> {});
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
        assertThat(registry.versions("prod-01", "demo")).hasSameSizeAs(numbers);
        Version newest = registry.versions("prod-01", "demo").get(0);
        assertThat(registry.entry("prod-01", "demo").release()).isEqualTo(Release.full(newest));
        assertThat(left()).hasSize(numbers.size() * 2);
    }
}
