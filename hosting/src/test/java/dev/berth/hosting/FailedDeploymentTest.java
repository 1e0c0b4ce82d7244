package dev.berth.hosting;

import static dev.berth.hosting.DeployRoom.PACKAGE;
import static dev.berth.hosting.DeployRoom.app;
import static dev.berth.hosting.DeployRoom.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.artifacts.Trees;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A deployment that fails leaves nothing behind. */
@Timeout(60)
class FailedDeploymentTest {
    @TempDir
    Path data;

    private DeployRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new DeployRoom(data);
    }

    @Test
    @Tag("HO-3")
    void numbersGoUpAndAFailedDeploymentGivesNoneBack() throws Exception {
        room.deploy(request(app("1")));
        room.registry.beforeAdd = _ -> {
            throw new BerthException(new Problem("STORE_DOWN", "store", "down", "wait"));
        };
        assertThat(room.refusal(request(app("2"))).code()).isEqualTo("STORE_DOWN");
        room.registry.beforeAdd = _ -> {};
        assertThat(room.deploy(request(app("3"))).version().id().name()).isEqualTo("demo-003");
        assertThat(room.folders.filesOf(new VersionId("prod-01", "demo", 2))).doesNotExist();
    }

    @Test
    void aFailingFirstDeploymentLeavesNothing() throws Exception {
        room.registry.beforeAdd = _ -> {
            throw new IllegalStateException("a defect on purpose");
        };
        assertThatThrownBy(() -> room.deploy(request(app("1")))).isInstanceOf(IllegalStateException.class);
        assertThat(room.refusal(request(Tars.of("readme", "no start"))).code()).isEqualTo("LAUNCH_UNKNOWN");
        assertThat(room.refusal(request(Tars.of("../x", ""))).code()).isEqualTo("TAR_FORBIDDEN");
        assertThat(room.refusal(request(InputStream.nullInputStream())).code()).isEqualTo("TAR_BROKEN");

        assertThat(room.left()).isEmpty();
        assertThat(room.registry.current().environment("prod-01").orElseThrow().services())
                .isEmpty();
        assertThat(data.resolve("versions").toFile().list())
                .as("no .incoming- folder")
                .allMatch(name -> !name.startsWith("."));
    }

    @Test
    void aFailingDeploymentKeepsTheReleaseAndAccess() throws Exception {
        Version first = room.deploy(request(app("1"))).version();
        room.registry.beforeAdd = _ -> {
            throw new IllegalStateException("a defect on purpose");
        };
        assertThatThrownBy(() -> room.deploy(request(app("2"), Map.of(), Set.of(AccessKind.PUBLIC))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(room.registry.entry("prod-01", "demo").release()).isEqualTo(Release.full(first));
        assertThat(room.registry.entry("prod-01", "demo").service().access()).containsExactly(AccessKind.MINIAPP);
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
        assertThat(room.refusal(request).code()).isEqualTo("ENV_UNKNOWN");
    }

    @Test
    void aLinkOutOfBuildDirIsRefused() {
        InputStream upload =
                Tars.of(tar -> tar.file("container.config.json", "{\"buildDir\":\"server\"}".getBytes(UTF_8), 0644)
                        .file("server/package.json", PACKAGE.getBytes(UTF_8), 0644)
                        .link("server/l", "../demo-000"));
        assertThat(room.refusal(request(upload)).code()).isEqualTo("TAR_FORBIDDEN");
    }

    @Test
    void aDiskThatRefusesIsToldAsThat() throws Exception {
        Trees.delete(data.resolve("versions"));
        Files.writeString(data.resolve("versions"), "");
        assertThat(room.refusal(request(app("1"))).code()).isEqualTo("STORAGE_FAILED");
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
