package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.Event;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.Problem;
import dev.berth.core.Scale;
import dev.berth.core.Version;
import dev.berth.hosting.FakeRuntime.FakeInstance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Instances that die are replaced, and those that keep dying less and less often. */
@Timeout(60)
@Tag("HO-34")
class DyingInstancesTest {
    private static final Exit CRASH = new Exit(1, "exit code 1");

    @TempDir
    Path data;

    private ActivatorRoom room;

    @BeforeEach
    void open() throws IOException {
        room = room(Duration.ofMinutes(10), Duration.ofMinutes(1));
    }

    private void reopen(Duration firstPause, Duration healthy) throws IOException {
        room.close();
        room = room(firstPause, healthy);
    }

    private ActivatorRoom room(Duration firstPause, Duration healthy) throws IOException {
        return new ActivatorRoom(data, version -> {
            PoolRules rules = PoolRules.of(version);
            PoolRules.Pauses pauses = new PoolRules.Pauses(firstPause, firstPause.multipliedBy(60), healthy, 10);
            return new PoolRules(rules.idle(), rules.scale(), pauses, rules.scaling());
        });
    }

    @AfterEach
    void close() {
        room.close();
    }

    private void release(Version version) {
        room.activator.releaseMoved("prod-01", "demo", () -> List.of(version));
    }

    private void crashes() {
        room.runtime.beforeStart = _ -> {
            throw Refused.because("EXITED_BEFORE_READY", "exit code 1", "Look at the log.");
        };
    }

    @Test
    void oneOfTheMinimumThatDiesIsReplacedWithoutACall() throws Exception {
        Version version = room.version(1, new Scale(2, 2));
        release(version);
        await().until(() -> room.count(version).instances() == 2);
        FakeInstance first = room.runtime.started.get(0);
        first.exit(new Exit(137, "killed by SIGKILL"));

        await().until(() -> room.runtime.started.size() == 3);
        await().until(() -> room.count(version).instances() == 2);
        assertThat(room.reasons(Event.Kind.INSTANCE_EXITED)).containsExactly("killed by SIGKILL");
        assertThat(room.reasons(Event.Kind.INSTANCE_STARTED).getLast())
                .startsWith(
                        "replacement, after: " + first.request.instanceId() + " ended by itself: killed by SIGKILL");
    }

    @Test
    void whatItLeftBehindIsNamedWithWhatToDo() throws Exception {
        Version version = room.version(1, new Scale(1, 1));
        release(version);
        await().until(() -> room.count(version).instances() == 1);
        room.runtime.started.get(0).exit(new Exit(0, "exit code 0", List.of("nginx (process 4711)")));

        await().untilAsserted(() -> assertThat(room.log())
                .anyMatch(
                        line -> line.endsWith("[berth] the program ended (exit code 0), so nginx (process 4711), which"
                                + " it had left in the background, ended too"))
                .anyMatch(line -> line.contains("[berth] → let it run in the foreground")));
    }

    @Test
    void theMinimumIsTriedAgainAfterGrowingPauses() throws Exception {
        reopen(Duration.ofMillis(20), Duration.ofMinutes(1));
        crashes();
        Version version = room.version(1, new Scale(1, 1));
        long began = System.nanoTime();
        release(version);

        await().until(() -> room.reasons(Event.Kind.INSTANCE_START_FAILED).size() >= 6);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("0 + 20 + 40 + 80 + 160 ms, less a fifth")
                .isGreaterThan(Duration.ofMillis(240));
        assertThat(room.reasons(Event.Kind.RESTARTS_PAUSED).get(0))
                .matches("died 2 times in a row, last: exit code 1; the next start is tried in \\ds");
        assertThat(room.log()).anyMatch(line -> line.contains("[berth] died 3 times in a row, last: exit code 1"));

        room.runtime.beforeStart = _ -> {};
        await().until(() -> room.count(version).state() == ServiceStatus.State.RUNNING);
        assertThat(room.count(version).lastFailure())
                .as("one start proves little")
                .hasValue("exit code 1");
    }

    @Test
    void callsInAPauseAreRefusedAtOnceWithTheReason() throws Exception {
        crashes();
        Version version = room.version(1);
        assertThat(call(room.activator, version).failure().problem().code()).isEqualTo("EXITED_BEFORE_READY");
        assertThat(call(room.activator, version).failure().problem().code()).isEqualTo("EXITED_BEFORE_READY");

        room.runtime.beforeStart = _ -> {};
        var refused = call(room.activator, version);
        assertThat(refused.isDone()).as("before lease returns").isTrue();
        Problem problem = refused.failure().problem();
        assertThat(problem.code()).isEqualTo("RESTARTS_PAUSED");
        assertThat(problem.message()).contains("died 2 times in a row, last: exit code 1; the next start is tried in ");
        assertThat(room.count(version).state()).isEqualTo(ServiceStatus.State.FAILING);
        assertThat(room.count(version).lastFailure().orElseThrow())
                .contains("last: exit code 1", "the next start is tried in");
        assertThat(room.runtime.started).isEmpty();

        release(version); // as after a deployment
        assertThat(room.count(version).state()).isEqualTo(ServiceStatus.State.ZERO);
        assertThat(call(room.activator, version).lease().cold()).isTrue();
    }

    @Test
    void anInstanceThatRanWellMakesTheDeathsForgotten() throws Exception {
        reopen(Duration.ofMillis(10), Duration.ofMillis(300));
        crashes();
        Version version = room.version(1, new Scale(1, 1));
        release(version);
        await().until(() -> room.reasons(Event.Kind.RESTARTS_PAUSED).size() >= 2);
        room.runtime.beforeStart = _ -> {};
        await().until(() -> room.count(version).state() == ServiceStatus.State.RUNNING);
        await().until(() -> room.count(version).lastFailure().isEmpty());

        int pauses = room.reasons(Event.Kind.RESTARTS_PAUSED).size();
        room.runtime.only().exit(CRASH);
        await().until(() -> room.runtime.started.size() == 2);
        assertThat(room.reasons(Event.Kind.RESTARTS_PAUSED)).hasSize(pauses);
    }

    @Test
    void whoGotCallsAndDiesIsReplacedAtTheNextCallEachTime() throws Exception {
        Version version = room.version(1);
        for (int life = 1; life <= 5; life++) {
            Lease lease = call(room.activator, version).lease();
            if (life % 2 == 0) {
                lease.end();
            }
            room.runtime.of(lease).exit(new Exit(137, "killed by SIGKILL"));
            lease.endBroken();
        }
        assertThat(room.runtime.started).hasSize(5);
    }

    @Test
    void whatDiesBeforeAnyCallIsPausedAlsoIfItStarts() throws Exception {
        Version version = room.version(1, new Scale(1, 3));
        release(version);
        for (int life = 1; life <= 2; life++) {
            int number = life;
            await().until(() ->
                    room.runtime.started.size() == number && room.count(version).instances() == 1);
            room.runtime.started.getLast().exit(CRASH);
        }
        await().until(() -> room.count(version).state() == ServiceStatus.State.FAILING);
        assertThat(call(room.activator, version).failure().problem().code()).isEqualTo("RESTARTS_PAUSED");
        assertThat(room.runtime.started).hasSize(2);
    }
}
