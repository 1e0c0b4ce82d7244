package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.AccessKind;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import dev.berth.core.Release;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A deployment that fails leaves nothing behind. */
@Timeout(60)
class FailedDeploymentTest {
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

    private Problem refusal(DeployRequest request) {
        return Problems.of(() -> deploy(request));
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
    void numbersGoUpAndAFailedDeploymentGivesNoneBack() throws Exception {
        deploy(request(app("1")));
        registry.beforeAdd = _ -> {
            throw new BerthException(new Problem("STORE_DOWN", "store", "down", "wait"));
        };
        assertThat(refusal(request(app("2"))).code()).isEqualTo("STORE_DOWN");
        registry.beforeAdd = _ -> {};
        assertThat(deploy(request(app("3"))).version().id().name()).isEqualTo("demo-003");
        assertThat(folders.filesOf(new VersionId("prod-01", "demo", 2))).doesNotExist();
    }

    @Test
    void aFailingFirstDeploymentLeavesNothing() throws Exception {
        registry.beforeAdd = _ -> {
            throw new IllegalStateException("a defect on purpose");
        };
        assertThatThrownBy(() -> deploy(request(app("1")))).isInstanceOf(IllegalStateException.class);
        assertThat(refusal(request(Tars.of("readme", "no start"))).code()).isEqualTo("LAUNCH_UNKNOWN");
        assertThat(refusal(request(Tars.of("../x", ""))).code()).isEqualTo("TAR_FORBIDDEN");
        assertThat(refusal(request(InputStream.nullInputStream())).code()).isEqualTo("TAR_BROKEN");

        assertThat(left()).isEmpty();
        assertThat(registry.current().environment("prod-01").orElseThrow().services())
                .isEmpty();
        assertThat(data.resolve("versions").toFile().list())
                .as("no .incoming- folder")
                .allMatch(name -> !name.startsWith("."));
    }

    @Test
    void aFailingDeploymentKeepsTheReleaseAndAccess() throws Exception {
        Version first = deploy(request(app("1"))).version();
        registry.beforeAdd = _ -> {
            throw new IllegalStateException("a defect on purpose");
        };
        assertThatThrownBy(() -> deploy(request(app("2"), Map.of(), Set.of(AccessKind.PUBLIC))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(registry.entry("prod-01", "demo").release()).isEqualTo(Release.full(first));
        assertThat(registry.entry("prod-01", "demo").service().access()).containsExactly(AccessKind.MINIAPP);
    }

    @Test
    void anUnknownEnvironmentIsRefusedBeforeAnythingIsRead() {
        InputStream untouchable = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }

            @Override
            public int read(byte[] into, int from, int length) {
                return read();
            }
        };
        DeployRequest request = new DeployRequest(
                "test-02",
                "demo",
                untouchable,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                AskedScale.NONE,
                Map.of(),
                Set.of(),
                true);
        assertThat(refusal(request).code()).isEqualTo("ENV_UNKNOWN");
    }

    @Test
    void aLinkOutOfBuildDirIsRefused() {
        InputStream tar = new Tars()
                        .file("container.config.json", "{\"buildDir\":\"server\"}")
                        .file("server/package.json", PACKAGE)
                        .link("server/l", "../demo-000")
                        .stream();
        assertThat(refusal(request(tar)).code()).isEqualTo("TAR_FORBIDDEN");
    }

    @Test
    void aDiskThatRefusesIsToldAsThat() throws Exception {
        Trees.delete(data.resolve("versions"));
        Files.writeString(data.resolve("versions"), "");
        assertThat(refusal(request(app("1"))).code()).isEqualTo("STORAGE_FAILED");
    }

    @Test
    void badOptionsAreRefused() {
        assertThat(Problems.of(() -> new DeployRequest(
                                "prod-01",
                                "demo",
                                InputStream.nullInputStream(),
                                Optional.empty(),
                                OptionalInt.of(70000),
                                Optional.empty(),
                                AskedScale.NONE,
                                Map.of(),
                                Set.of(),
                                true))
                        .message())
                .isEqualTo("port: 70000 (expected: 1 to 65535)");
    }
}
