package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Event;
import dev.berth.core.InwardDoor;
import dev.berth.core.Release;
import dev.berth.core.Scale;
import dev.berth.core.Version;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What runs even without calls: from a deployment, a release, or the start of the server on. */
@Timeout(60)
@Tag("HO-18")
class MinimumTest {
    @TempDir
    Path data;

    private final MemoryRegistry registry = new MemoryRegistry("prod-01");
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private FakeRuntime runtime = new FakeRuntime();
    private Hosting hosting;

    @BeforeEach
    void open() {
        hosting = new Hosting(data, runtime, InwardDoor.NONE, registry, registry, Clock.systemUTC(), events::add);
    }

    @AfterEach
    void close() {
        hosting.close();
    }

    private Version deploy(String content, int min, int max) {
        return deploy(content, new AskedScale(OptionalInt.of(min), OptionalInt.of(max)));
    }

    private Version deploy(String content, AskedScale scale, String... more) {
        String[] files =
                Stream.concat(Stream.of("app", content), Stream.of(more)).toArray(String[]::new);
        DeployRequest request = new DeployRequest(
                "prod-01",
                "demo",
                Tars.of(files),
                Optional.of("./app"),
                OptionalInt.empty(),
                Optional.empty(),
                scale,
                Map.of(),
                Set.of(),
                true);
        return hosting.deploy(request, _ -> {}).version();
    }

    private List<InstanceStatus> instances() {
        return hosting.instances("prod-01", "demo");
    }

    private void awaitOnly(Version version, int count) {
        await().until(() -> instances().size() == count
                && instances().stream()
                        .allMatch(
                                it -> it.version().equals(version.id()) && it.state() == InstanceStatus.State.RUNNING));
    }

    @Test
    void aDeploymentStartsItAndTheNextTakesOver() {
        awaitOnly(deploy("1", 2, 4), 2);
        Version two = deploy("2", 1, 4);
        awaitOnly(two, 1);
        assertThat(events.stream()
                        .filter(event -> event.kind() == Event.Kind.INSTANCE_STOPPING)
                        .map(Event::reason))
                .containsOnly("superseded by demo-002");
    }

    @Test
    void aRollbackStartsThatOfTheEarlierVersion() {
        Version one = deploy("1", 2, 4);
        Version two = deploy("2", 0, 4);
        await().until(() -> instances().isEmpty());
        assertThat(hosting.rollback("prod-01", "demo", Optional.empty())).isEqualTo(Release.full(one));
        awaitOnly(one, 2);
        assertThat(call(hosting.activator(), two).lease().cold()).isTrue();
    }

    @Test
    void eachVersionOfAGrayReleaseHasIts() {
        Version one = deploy("1", 1, 4);
        Version two = deploy("2", 1, 4);
        hosting.release("prod-01", "demo", Map.of(one.id().name(), 90, two.id().name(), 10));
        await().until(() ->
                instances().stream().map(InstanceStatus::version).toList().equals(List.of(one.id(), two.id())));
    }

    @Test
    void theServerStartsItWithoutWaitingForIt() {
        Version version = deploy("1", 2, 4);
        awaitOnly(version, 2);
        hosting.close();

        runtime = new FakeRuntime();
        CountDownLatch gate = new CountDownLatch(1);
        runtime.beforeStart = _ -> Calls.pass(gate);
        open(); // returns although no start does
        await().until(() -> instances().stream()
                        .filter(it -> it.state() == InstanceStatus.State.STARTING)
                        .count()
                == 2);
        gate.countDown();
        awaitOnly(version, 2);
    }

    @Test
    void whoeverDeploysAgainWantsANewTry() {
        runtime.beforeStart = _ -> {
            throw Refused.because("EXITED_BEFORE_READY", "exit code 1", "Look at the log.");
        };
        Version version = deploy("1", 0, 1);
        call(hosting.activator(), version).failure();
        call(hosting.activator(), version).failure();
        assertThat(call(hosting.activator(), version).failure().problem().code())
                .isEqualTo("RESTARTS_PAUSED");
        runtime.beforeStart = _ -> {};
        assertThat(deploy("1", 0, 1)).as("nothing changed").isEqualTo(version);
        call(hosting.activator(), version).lease();
    }

    @Test
    void containerConfigSaysWhatTheDeploymentDoesNot() {
        String config = "{\"minNum\": 2, \"maxNum\": 7}";
        AskedScale onlyMax = new AskedScale(OptionalInt.empty(), OptionalInt.of(3));
        AskedScale onlyMin = new AskedScale(OptionalInt.of(8), OptionalInt.empty());
        assertThat(deploy("1", AskedScale.NONE, ContainerConfig.FILE, config)
                        .settings()
                        .scale())
                .isEqualTo(new Scale(2, 7));
        assertThat(deploy("1", onlyMax, ContainerConfig.FILE, config).settings().scale())
                .isEqualTo(new Scale(2, 3));
        assertThat(deploy("1", onlyMin).settings().scale()).isEqualTo(new Scale(8, 8));
        assertThat(deploy("1", AskedScale.NONE).settings().scale()).isEqualTo(Scale.DEFAULT);
        assertThat(Problems.of(() -> deploy("1", onlyMin, ContainerConfig.FILE, config))
                        .message())
                .startsWith("min: 8, max: 7 (expected: ");
    }
}
