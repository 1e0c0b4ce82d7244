package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Problem;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GrayDeploymentTest {
    @TempDir
    Path data;

    private ReleaseRoom room;

    @BeforeEach
    void open() {
        room = new ReleaseRoom(data);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    @Tag("HO-8")
    void theFirstVersionGetsAllTraffic() {
        room.deployGray("1", 20);
        assertThat(room.shares()).isEqualTo("demo-001 100");
        assertThat(room.runtime.started).isEmpty();
    }

    @Test
    @Tag("HO-14")
    void aGrayVersionThatDoesNotBecomeReadyIsNotDeployed() {
        room.deploy("1");
        room.neverReady("demo-002");

        Problem problem = Problems.of(() -> room.deployGray("2", 20));

        assertThat(problem.code()).isEqualTo("VERSION_NOT_READY");
        assertThat(room.shares()).isEqualTo("demo-001 100");
        assertThat(names()).containsExactly("demo-001");
        assertThat(room.hosting.filesOf(id(2))).doesNotExist();
        room.runtime.beforeStart = _ -> {};
        assertThat(room.deployGray("2", 20).version().id().name()).isEqualTo("demo-003");
    }

    @Test
    void theSameAgainChangesTheWeightOnly() {
        room.deploy("1");
        room.deployGray("2", 20);

        assertThat(room.deployGray("2", 50).changed()).isFalse();
        assertThat(room.shares()).isEqualTo("demo-001 50 demo-002 50");
        assertThat(room.deploy("2"))
                .isEqualTo(room.hosting.versions("prod-01", "demo").getFirst().version());
        assertThat(room.shares()).isEqualTo("demo-002 100");
        assertThat(room.deployGray("2", 10).changed()).isFalse();
        assertThat(room.shares()).isEqualTo("demo-002 100");
        assertThat(names()).containsExactly("demo-002", "demo-001");
    }

    @Test
    void aVersionWithoutTrafficIsRemovedWithItsFilesAndInstances() {
        Version one = room.deploy("1");
        room.deploy("2");
        assertThat(Problems.of(() -> room.hosting.removeVersion(id(2))).code()).isEqualTo("VERSION_IN_USE");
        room.call(one).end();

        room.hosting.removeVersion(one.id());

        assertThat(names()).containsExactly("demo-002");
        assertThat(room.runtime.running).isEmpty();
        assertThat(room.runtime.discarded).containsExactly(room.hosting.filesOf(one.id()));
        assertThat(room.hosting.filesOf(one.id())).doesNotExist();
    }

    @Test
    void theNewestTenWithoutTrafficAreKept() {
        IntStream.rangeClosed(1, 13).forEach(number -> room.deploy("content " + number));

        assertThat(names()).hasSize(11).startsWith("demo-013").endsWith("demo-003");
        assertThat(room.hosting.filesOf(id(2))).doesNotExist();
        assertThat(room.hosting.filesOf(id(3))).exists();
    }

    @Test
    void whatHasTrafficAndTheWayBackAreKeptHoweverOld() {
        Version one = room.deploy("content 1");
        room.deploy("content 2");
        room.release("demo-001", 50);
        room.release("demo-002", 100);
        room.release("demo-001", 100);
        for (int number = 3; number <= 16; number++) {
            room.deployGray("content " + number, 10);
            room.release("demo-001", 100);
        }

        assertThat(names()).contains("demo-001", "demo-002", "demo-016").doesNotContain("demo-003", "demo-004");
        room.deploy("content 17");
        assertThat(names()).contains("demo-001");
        room.rollback();
        await().until(() -> room.shares().equals("demo-001 100"));
        assertThat(room.call(one).instanceId()).startsWith("demo-001");
    }

    private List<String> names() {
        return room.hosting.versions("prod-01", "demo").stream()
                .map(status -> status.version().id().name())
                .toList();
    }

    private static VersionId id(int number) {
        return new VersionId("prod-01", "demo", number);
    }
}
