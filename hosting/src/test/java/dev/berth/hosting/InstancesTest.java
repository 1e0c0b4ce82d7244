package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.Event;
import dev.berth.core.InstanceRuntime.Usage;
import dev.berth.core.Launch;
import dev.berth.core.Scale;
import dev.berth.core.Settings;
import dev.berth.core.Version;
import dev.berth.hosting.Calls.Answer;
import dev.berth.hosting.FakeRuntime.FakeInstance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several instances of one version: how many, and which of them gets a call. */
@Timeout(60)
class InstancesTest {
    private static final Duration QUICK = Duration.ofMillis(5);

    @TempDir
    Path data;

    private ActivatorRoom room;

    @BeforeEach
    void open() throws IOException {
        PoolRules.Scaling quick =
                new PoolRules.Scaling(0.6, 4, Duration.ofMillis(20), Duration.ofMillis(100), QUICK, QUICK);
        room = new ActivatorRoom(data, version -> {
            PoolRules rules = PoolRules.of(version);
            return new PoolRules(rules.idle(), rules.scale(), rules.pauses(), quick);
        });
    }

    @AfterEach
    void close() {
        room.close();
    }

    private void release(Version version) {
        room.activator.releaseMoved("prod-01", "demo", () -> List.of(version));
    }

    private List<Lease> calls(Version version, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> call(room.activator, version).lease())
                .toList();
    }

    @Test
    @Tag("HO-18")
    void theMinimumRunsAfterAReleaseWithoutAnyCall() throws Exception {
        Version version = room.version(1, new Scale(2, 5));
        release(version);
        await().until(() -> room.count(version).instances() == 2);
        assertThat(room.reasons(Event.Kind.INSTANCE_STARTED))
                .hasSize(2)
                .allMatch(reason -> reason.startsWith("minimum of 2; ready after "));
        assertThat(call(room.activator, version).lease().cold()).isFalse();
    }

    @Test
    @Tag("HO-31")
    void theMinimumStaysHoweverIdle() throws Exception {
        Version version = room.version(
                "demo",
                1,
                new Launch(List.of("run"), Map.of(), OptionalInt.empty(), "test"),
                new Settings(Map.of(), Duration.ofSeconds(1), new Scale(1, 5)));
        release(version);
        await().until(() -> room.runtime.running.size() == 1);
        await().during(Duration.ofSeconds(2)).until(() -> !room.runtime.only().stopAsked);
    }

    @Test
    void callsGoToTheInstanceWithTheFewestAndTakeTurnsAmongEquals() throws Exception {
        Version version = room.version(1, new Scale(3, 3));
        release(version);
        await().until(() -> room.count(version).instances() == 3);

        List<Lease> held = new ArrayList<>(calls(version, 9));
        Map<String, Long> spread =
                held.stream().collect(Collectors.groupingBy(Lease::instanceId, Collectors.counting()));
        assertThat(spread.values()).containsExactly(3L, 3L, 3L);

        String freed = held.get(4).instanceId();
        held.stream().filter(lease -> lease.instanceId().equals(freed)).forEach(Lease::end);
        assertThat(calls(version, 3)).allMatch(lease -> lease.instanceId().equals(freed));
    }

    @Test
    void anIdleVersionUsesAllItsInstancesInTurn() throws Exception {
        Version version = room.version(1, new Scale(3, 3));
        release(version);
        await().until(() -> room.count(version).instances() == 3);
        List<String> used = IntStream.range(0, 6)
                .mapToObj(_ -> {
                    Lease lease = call(room.activator, version).lease();
                    lease.end();
                    return lease.instanceId();
                })
                .toList();
        assertThat(used.subList(0, 3)).doesNotHaveDuplicates();
        assertThat(used.subList(3, 6)).isEqualTo(used.subList(0, 3));
    }

    @Test
    void aThousandFirstCallsMakeOneStart() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        room.runtime.beforeStart = _ -> Calls.pass(gate);
        Version version = room.version(1, new Scale(0, 1));
        List<Answer> answers =
                IntStream.range(0, 1000).mapToObj(_ -> new Answer()).toList();
        List<Thread> callers = answers.stream()
                .map(answer -> Thread.ofVirtual().start(() -> room.activator.lease(version, answer)))
                .toList();
        for (Thread caller : callers) {
            caller.join();
        }
        gate.countDown();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.lease().cold()).isTrue());
        assertThat(answers).allSatisfy(answer -> assertThat(answer.told).hasValue(1));
        assertThat(room.runtime.started).hasSize(1);
        answers.forEach(answer -> answer.lease().end());
        assertThat(room.count(version).inFlight()).isZero();
    }

    @Test
    @Tag("HO-33")
    void outstandingCallsBringMoreInstancesUpToTheMaximumAndTheyGoAgain() throws Exception {
        Version version = room.version(1, new Scale(0, 3));
        List<Lease> held = calls(version, 50);
        await().until(() -> room.count(version).instances() == 3);
        await().during(Duration.ofMillis(300)).until(() -> room.runtime.started.size() == 3);
        assertThat(room.reasons(Event.Kind.INSTANCE_STARTED).subList(1, 3))
                .allMatch(
                        reason -> reason.matches("load: 50 calls outstanding on [12] instances?; ready after \\d+ ms"));
        Lease next = call(room.activator, version).lease();
        assertThat(next.instanceId())
                .as("the new ones take over")
                .isNotEqualTo(held.get(0).instanceId());

        next.end();
        held.forEach(Lease::end);
        await().until(() -> room.count(version).instances() == 1);
        assertThat(room.runtime.only()).as("the newest leave first").isSameAs(room.runtime.started.get(0));
        assertThat(room.reasons(Event.Kind.INSTANCE_STOPPING))
                .hasSize(2)
                .allMatch(reason -> reason.startsWith("scale down: 0 calls outstanding on "));
    }

    @Test
    @Tag("HO-32")
    void busyCoresBringMoreInstances() throws Exception {
        Version version = room.version(1, new Scale(0, 2));
        Lease held = call(room.activator, version).lease();
        FakeInstance busy = room.runtime.only();
        long began = System.nanoTime();
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            busy.usage = Optional.of(new Usage(Duration.ofNanos(System.nanoTime() - began), 1));
            return room.count(version).instances() == 2;
        });
        assertThat(room.reasons(Event.Kind.INSTANCE_STARTED).get(1))
                .matches("load: 1 calls outstanding and \\d+ % CPU each on 1 instance; .*");
        held.end();
    }

    @Test
    void aFixedPortHasOneInstanceAtMost() throws Exception {
        int port = Calls.freePort();
        Version version = room.version(
                "demo",
                1,
                new Launch(List.of("run"), Map.of(), OptionalInt.of(port), "test"),
                new Settings(Map.of(), Duration.ofMinutes(30), new Scale(2, 5)));
        release(version);
        await().until(() -> room.count(version).instances() == 1);
        calls(version, 100);
        await().during(Duration.ofMillis(300)).until(() -> room.runtime.started.size() == 1);
    }

    @Test
    void aStartingInstanceIsListedWithItsId() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        room.runtime.beforeStart = _ -> Calls.pass(gate);
        Answer answer = call(room.activator, room.version(1));
        List<InstanceStatus> listed = room.activator.instances("prod-01", "demo");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).state()).isEqualTo(InstanceStatus.State.STARTING);
        assertThat(listed.get(0).pid()).isZero();
        gate.countDown();
        assertThat(answer.lease().instanceId()).isEqualTo(listed.get(0).id());
        InstanceStatus running = room.activator.instances("prod-01", "demo").get(0);
        assertThat(running.state()).isEqualTo(InstanceStatus.State.RUNNING);
        assertThat(running.inFlight()).isEqualTo(1);
        assertThat(running.endpoint()).isEqualTo(answer.lease().endpoint());
    }
}
