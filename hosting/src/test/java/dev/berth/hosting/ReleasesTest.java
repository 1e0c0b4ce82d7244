package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.Problem;
import dev.berth.core.Version;
import dev.berth.hosting.FakeRuntime.FakeInstance;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ReleasesTest {
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
    @Tag("HO-9")
    void oneVersionGetsSoMuchAndTheOneWithMostTheRest() {
        room.deploy("1");
        room.deploy("2");

        room.release("demo-001", 20);
        assertThat(room.shares()).isEqualTo("demo-002 80 demo-001 20");
        room.release("demo-001", 60);
        assertThat(room.shares()).isEqualTo("demo-002 40 demo-001 60");
        room.release("demo-001", 100);
        assertThat(room.shares()).isEqualTo("demo-001 100");
    }

    @Test
    @Tag("HO-9")
    void anySharesOfAnyVersions() {
        room.deploy("1");
        room.deploy("2");
        room.deploy("3");

        room.release(Map.of("demo-001", 10, "demo-002", 30, "demo-003", 60));
        assertThat(room.hosting.versions("prod-01", "demo"))
                .extracting(VersionStatus::weight)
                .containsExactly(60, 30, 10);
        room.release(Map.of("demo-002", 0));
        assertThat(room.shares()).isEmpty();
    }

    @Test
    @Tag("HO-14")
    void aVersionIsStartedBeforeItGetsTraffic() {
        Version one = room.deploy("1");
        room.deploy("2");
        room.runtime.beforeStart = _ -> assertThat(room.shares()).isEqualTo("demo-002 100");

        room.release("demo-001", 20);

        assertThat(room.call(one).cold()).isFalse();
        assertThat(room.runtime.started).hasSize(1);
    }

    @Test
    @Tag("HO-14")
    void aVersionThatDoesNotBecomeReadyNeverGetsTraffic() {
        room.deploy("1");
        room.deploy("2");
        room.neverReady("demo-001");

        Problem gray = Problems.of(() -> room.release("demo-001", 20));
        Problem full = Problems.of(() -> room.release("demo-001", 100));
        Problem back = Problems.of(() -> room.rollback());

        assertThat(gray.code()).isEqualTo("VERSION_NOT_READY");
        assertThat(gray.message()).isEqualTo("demo-001 gets no traffic, for it does not become ready: exit code 1");
        assertThat(gray.hint()).isEqualTo("Look at the log.");
        assertThat(full.code()).isEqualTo("VERSION_NOT_READY");
        assertThat(back.code()).isEqualTo("VERSION_NOT_READY");
        assertThat(room.shares()).isEqualTo("demo-002 100");
    }

    @Test
    @Tag("HO-14")
    void oneThatIsNotReadyStopsTheOtherThatWas() {
        room.deploy("1");
        room.deploy("2");
        room.deploy("3");
        room.neverReady("demo-001");

        Problems.of(() -> room.release(Map.of("demo-001", 10, "demo-002", 90)));

        assertThat(room.shares()).isEqualTo("demo-003 100");
        await().until(() -> room.runtime.running.isEmpty());
    }

    @Test
    @Tag("HO-14")
    void aReleaseCutsNoCallInFlight() {
        room.deploy("1");
        Version two = room.deploy("2");
        Lease held = room.call(two);
        FakeInstance old = room.runtime.only();

        room.release("demo-001", 100);

        assertThat(old.stopAsked).isFalse();
        held.end();
        await().until(() -> old.stopAsked);
    }

    @Test
    @Tag("HO-11")
    void releasesOfOneServiceComeOneAfterTheOther() throws Exception {
        room.deploy("1");
        room.deploy("2");
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        room.runtime.beforeStart = _ -> {
            starting.countDown();
            awaitQuietly(go);
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> slow = threads.submit(() -> room.release("demo-001", 20));
            starting.await();
            Future<?> next = threads.submit(() -> room.release("demo-002", 100));
            assertThat(next.isDone()).isFalse();
            go.countDown();
            slow.get();
            next.get();
        }
        assertThat(room.shares()).isEqualTo("demo-002 100");
    }

    @Test
    void programsWithOneFixedPortCannotShareTheTraffic() {
        room.deployAtPort("1", 18080);
        room.deployAtPort("2", 18080);

        Problem problem = Problems.of(() -> room.release("demo-001", 20));
        assertThat(problem.code()).isEqualTo("PORT_FIXED");
        assertThat(problem.message()).contains("18080");
        room.release("demo-001", 100);
        assertThat(room.shares()).isEqualTo("demo-001 100");
        assertThat(room.runtime.started)
                .as("the other one may still have the port")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "demo-001, 101, INVALID_WEIGHT, demo-001: 101",
        "demo-001, -1, INVALID_WEIGHT, demo-001: -1",
        "demo-002, 20, INVALID_WEIGHT, no other version has traffic",
        "demo-009, 20, VERSION_UNKNOWN, 'demo-009 (expected: one of [demo-002, demo-001])'"
    })
    void whatCannotBeIsRefusedAndChangesNothing(String version, int weight, String code, String message) {
        room.deploy("1");
        room.deploy("2");

        Problem problem = Problems.of(() -> room.release(version, weight));

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.message()).contains(message);
        assertThat(room.shares()).isEqualTo("demo-002 100");
    }

    @Test
    void weightsMakeAHundredTogether() {
        room.deploy("1");
        room.deploy("2");

        assertThat(Problems.of(() -> room.release(Map.of("demo-001", 20, "demo-002", 70)))
                        .message())
                .isEqualTo("sum of weights: 90 (expected: 100, or all 0)");
        assertThat(Problems.of(() -> room.release(Map.of())).code()).isEqualTo("INVALID_WEIGHT");
        assertThat(Problems.of(() -> room.hosting.release("prod-01", "none", "none-001", 100))
                        .code())
                .isEqualTo("VERSION_UNKNOWN");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
