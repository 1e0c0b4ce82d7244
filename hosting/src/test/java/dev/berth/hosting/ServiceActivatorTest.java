package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.Problem;
import dev.berth.core.StartFailure;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import dev.berth.hosting.Calls.Answer;
import dev.berth.hosting.FakeRuntime.FakeInstance;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServiceActivatorTest {
    @TempDir
    Path data;

    private ActivatorRoom room;
    private ServiceActivator activator;
    private FakeRuntime runtime;

    @BeforeEach
    void open() throws IOException {
        room = new ActivatorRoom(data);
        activator = room.activator;
        runtime = room.runtime;
    }

    @AfterEach
    void close() {
        room.close();
    }

    private static BerthException refusal(String code) {
        return new BerthException(new Problem(code, "runtime-process", "said " + code, "Look."));
    }

    private PoolCount count(Version version) {
        return room.count(version);
    }

    @Test
    void theFirstCallIsColdAndTheNextIsToldBeforeLeaseReturns() throws Exception {
        Version version = room.version(1);
        Lease cold = call(activator, version).lease();
        assertThat(cold.cold()).isTrue();
        assertThat(cold.instanceId()).startsWith("demo-001-");
        assertThat(cold.endpoint()).isEqualTo(runtime.only().endpoint());

        Answer warm = call(activator, version);
        assertThat(warm.isDone()).isTrue();
        assertThat(warm.lease().cold()).isFalse();
        assertThat(warm.lease().instanceId()).isEqualTo(cold.instanceId());
        assertThat(count(version)).isEqualTo(new PoolCount(ServiceStatus.State.RUNNING, 1, 2, Optional.empty()));
    }

    @Test
    void leaseNeverBlocks() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        runtime.beforeStart = _ -> pass(gate);
        Version version = room.version(1);

        Answer waiting = call(activator, version);
        assertThat(waiting.isDone()).isFalse();
        assertThat(count(version).state()).isEqualTo(ServiceStatus.State.STARTING);
        gate.countDown();
        waiting.lease();
    }

    @Test
    void twoHundredFirstCallsMakeOneStart() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        runtime.beforeStart = _ -> pass(gate);
        Version version = room.version(1);
        CountDownLatch asked = new CountDownLatch(200);
        List<Answer> answers =
                IntStream.range(0, 200).mapToObj(_ -> new Answer()).toList();
        answers.forEach(answer -> Thread.ofVirtual().start(() -> {
            activator.lease(version, answer);
            asked.countDown();
        }));
        pass(asked);
        gate.countDown();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.lease().cold()).isTrue());
        assertThat(answers.stream().map(answer -> answer.lease().endpoint()).distinct())
                .hasSize(1);
        assertThat(runtime.started).hasSize(1);
        assertThat(count(version).inFlight()).isEqualTo(200);
        answers.forEach(answer -> answer.lease().end());
        assertThat(count(version).inFlight()).isZero();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.told).hasValue(1));
    }

    @Test
    void aFailedStartIsToldToAllWhoWaitAndTheNextCallTriesAgain() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        runtime.beforeStart = _ -> {
            pass(gate);
            throw refusal("PORT_NEVER_OPENED");
        };
        Version version = room.version(1);
        List<Answer> answers =
                IntStream.range(0, 20).mapToObj(_ -> call(activator, version)).toList();
        gate.countDown();

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.failure().problem().code()).isEqualTo("PORT_NEVER_OPENED"));
        assertThat(count(version).state()).isEqualTo(ServiceStatus.State.FAILING);
        assertThat(count(version).lastFailure()).hasValue("said PORT_NEVER_OPENED");
        assertThat(room.log()).anyMatch(line -> line.endsWith("[berth] did not start: said PORT_NEVER_OPENED"));

        runtime.beforeStart = _ -> {};
        assertThat(call(activator, version).lease().cold()).isTrue();
        assertThat(count(version).state()).isEqualTo(ServiceStatus.State.RUNNING);
        assertThat(count(version).lastFailure()).isEmpty();
    }

    @Test
    void aReceiverThatThrowsKeepsTheNewsFromNobody() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        runtime.beforeStart = _ -> pass(gate);
        Version version = room.version(1);
        activator.lease(version, new LeaseReceiver() {
            @Override
            public void granted(Lease lease) {
                throw new IllegalStateException("a receiver that is broken on purpose");
            }

            @Override
            public void refused(StartFailure failure) {}
        });
        Answer second = call(activator, version);
        gate.countDown();
        second.lease();
    }

    @Test
    @Tag("HO-41")
    @Tag("HO-45")
    void settingsWinOverTheSourceAndTheEnvironmentIdOverAll() throws Exception {
        call(activator, room.version(1)).lease();
        assertThat(runtime.only().request.variables())
                .containsEntry("CBR_ENV_ID", "prod-01")
                .containsEntry("FROM", "source")
                .containsEntry("BOTH", "settings");
    }

    @Test
    @Tag("HO-31")
    void anIdleInstanceIsStoppedAndTheNextCallStartsOne() throws Exception {
        Version version = room.version("demo", 1, Duration.ofSeconds(1), OptionalInt.empty());
        call(activator, version).lease().end();
        FakeInstance first = runtime.only();

        await().atMost(Duration.ofSeconds(10)).until(() -> first.stopAsked);
        await().until(() -> count(version).instances() == 0);
        assertThat(count(version).state()).isEqualTo(ServiceStatus.State.ZERO);
        assertThat(count(version).lastFailure()).isEmpty();

        assertThat(call(activator, version).lease().cold()).isTrue();
        assertThat(runtime.started).hasSize(2);
        assertThat(room.log()).anyMatch(line -> line.endsWith("[berth] stopping: no calls for 1s"));
    }

    @Test
    @Tag("HO-14")
    @Tag("HO-40")
    void aHeldLeaseKeepsItsInstanceHoweverLongItLasts() throws Exception {
        Version version = room.version("demo", 1, Duration.ofSeconds(1), OptionalInt.empty());
        Lease webSocket = call(activator, version).lease();
        FakeInstance instance = runtime.only();

        await().during(Duration.ofMillis(2500)).atMost(Duration.ofSeconds(5)).until(() -> !instance.stopAsked);
        webSocket.end();
        await().atMost(Duration.ofSeconds(10)).until(() -> instance.stopAsked);
    }

    @Test
    void aDeadInstanceIsReplaced() throws Exception {
        Version version = room.version(1);
        Lease lease = call(activator, version).lease();
        runtime.only().exit(new Exit(1, "exit code 1"));

        await().until(() -> count(version).instances() == 0);
        assertThat(count(version).lastFailure())
                .hasValueSatisfying(text -> assertThat(text).contains("ended by itself: exit code 1"));
        Lease next = call(activator, version).lease();
        assertThat(next.instanceId()).isNotEqualTo(lease.instanceId());
        lease.endBroken();
        next.end();
        assertThat(count(version).inFlight()).isZero();
        assertThat(runtime.running).hasSize(1);
        await().untilAsserted(
                        () -> assertThat(room.log()).anyMatch(line -> line.endsWith("[berth] exited: exit code 1")));
    }

    @Test
    void afterABrokenCallADeadInstanceIsNotGivenAgain() throws Exception {
        Version version = room.version(1);
        Lease lease = call(activator, version).lease();
        FakeInstance dead = runtime.only();
        dead.stopListening(); // killed, but the runtime does not know it yet

        lease.endBroken();
        Lease next = call(activator, version).lease();
        assertThat(next.endpoint()).isNotEqualTo(dead.endpoint());
        assertThat(next.cold()).isTrue();
        await().until(() -> dead.stopAsked);
    }

    @Test
    void afterABrokenCallALivingInstanceIsGivenAgain() throws Exception {
        Version version = room.version(1);
        Lease first = call(activator, version).lease();
        Lease second = call(activator, version).lease();
        first.endBroken();
        Lease third = call(activator, version).lease();
        assertThat(third.instanceId()).isEqualTo(first.instanceId());
        assertThat(third.cold()).isFalse();
        second.end();
        third.end();
        assertThat(runtime.started).hasSize(1);
        assertThat(runtime.only().stopAsked).isFalse();
    }

    @Test
    void endingALeaseTwiceEndsItOnce() throws Exception {
        Version version = room.version(1);
        Lease first = call(activator, version).lease();
        Lease second = call(activator, version).lease();
        first.end();
        first.end();
        first.endBroken();
        assertThat(count(version).inFlight()).isEqualTo(1);
        second.end();
    }

    @Test
    @Tag("HO-14")
    void aRetiredVersionFinishesItsCallsAndStops() throws Exception {
        Version version = room.version(1);
        Lease first = call(activator, version).lease();
        Lease second = call(activator, version).lease();
        FakeInstance old = runtime.only();
        activator.retire(version.id());

        first.end();
        assertThat(old.stopAsked).isFalse();
        assertThat(count(version).instances()).isEqualTo(1);
        second.end();
        await().until(() -> old.stopAsked);
        await().until(() -> count(version).instances() == 0);
    }

    @Test
    void aRetiredVersionStartsAnewOnlyIfAsked() throws Exception {
        Version version = room.version(1);
        Lease old = call(activator, version).lease();
        activator.retire(version.id());
        assertThat(runtime.started).hasSize(1);

        Lease anew = call(activator, version).lease();
        assertThat(anew.instanceId()).isNotEqualTo(old.instanceId());
        anew.end();
        old.end();
        await().until(() -> runtime.running.size() == 1);
        assertThat(call(activator, version).lease().instanceId()).isEqualTo(anew.instanceId());
    }

    @Test
    void aVersionRetiredWhileItStartsServesWhoWaited() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        runtime.beforeStart = _ -> pass(gate);
        Version version = room.version(1);
        Answer answer = call(activator, version);
        activator.retire(version.id());
        gate.countDown();

        Lease lease = answer.lease();
        FakeInstance instance = runtime.only();
        assertThat(instance.stopAsked).isFalse();
        lease.end();
        await().until(() -> instance.stopAsked);
    }

    @Test
    void aVersionRetiredWhileIdleStopsAtOnce() throws Exception {
        Version version = room.version(1);
        call(activator, version).lease().end();
        activator.retire(version.id());
        await().until(() -> runtime.running.isEmpty());
        activator.retire(version.id());
        activator.retire(new VersionId("prod-01", "unheard-of", 1));
    }

    @Test
    void theNextVersionOnAFixedPortWaitsForTheEndOfTheOneBefore() throws Exception {
        OptionalInt port = OptionalInt.of(freePort());
        Version one = room.version("demo", 1, Duration.ofMinutes(30), port);
        Version two = room.version("demo", 2, Duration.ofMinutes(30), port);
        Lease old = call(activator, one).lease();
        runtime.stopsAtOnce = false;
        FakeInstance first = runtime.only();

        Answer next = call(activator, two);
        activator.retire(one.id());
        old.end();
        await().until(() -> first.stopAsked);
        assertThat(next.isDone()).isFalse();
        first.exit(new Exit(0, "exit code 0"));
        assertThat(next.lease().endpoint().port()).isEqualTo(port.getAsInt());
        runtime.stopsAtOnce = true;
    }

    @Test
    void anotherServiceOnAFixedPortIsRefused() throws Exception {
        OptionalInt port = OptionalInt.of(freePort());
        call(activator, room.version("demo", 1, Duration.ofMinutes(30), port)).lease();
        Version other = room.version("other", 1, Duration.ofMinutes(30), port);
        Problem problem = call(activator, other).failure().problem();
        assertThat(problem.code()).isEqualTo("PORT_TAKEN");
        assertThat(problem.message()).contains("prod-01/demo-001");
    }

    @Test
    void aFixedPortIsFreeAgainAfterAFailedStart() throws Exception {
        OptionalInt port = OptionalInt.of(freePort());
        Version one = room.version("demo", 1, Duration.ofMinutes(30), port);
        runtime.beforeStart = _ -> {
            throw refusal("START_FAILED");
        };
        call(activator, one).failure();
        runtime.beforeStart = _ -> {};
        call(activator, room.version("other", 1, Duration.ofMinutes(30), port)).lease();
    }

    @Test
    void theNextStartIsPreparedAfterEachStart() throws Exception {
        Version version = room.version(1);
        call(activator, version).lease();
        await().until(() -> runtime.prepared.equals(List.of(room.folders.filesOf(version.id()))));
    }

    @Test
    void aVersionWithoutFilesIsRefused() throws Exception {
        Version version = room.version(1);
        Trees.delete(room.folders.filesOf(version.id()));
        assertThat(call(activator, version).failure().problem().code()).isEqualTo("VERSION_GONE");
    }

    @Test
    void aDefectOfTheRuntimeIsAFailureToo() throws Exception {
        runtime.beforeStart = _ -> {
            throw new IllegalStateException("a defect on purpose");
        };
        assertThat(call(activator, room.version(1)).failure().problem().code()).isEqualTo("START_FAILED");
    }

    @Test
    void removalDrainsThenForgets() throws Exception {
        Version version = room.version(1);
        Lease lease = call(activator, version).lease();
        FakeInstance instance = runtime.only();
        Thread removal = Thread.ofVirtual().start(() -> activator.remove("prod-01", "demo", Duration.ofSeconds(30)));
        await().until(() -> removal.getState() == Thread.State.TIMED_WAITING);
        assertThat(instance.stopAsked).isFalse();
        assertThat(call(activator, version).failure().problem().code()).isEqualTo("STOPPING");
        lease.end();
        removal.join();
        assertThat(instance.stopAsked).isTrue();
        assertThat(activator.counts("prod-01", "demo")).isEmpty();
    }

    @Test
    void closingStopsEverythingEvenWhatStarts() throws Exception {
        Version running = room.version(1);
        Lease held = call(activator, running).lease();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        runtime.beforeStart = _ -> {
            entered.countDown();
            pass(gate);
        };
        Answer starting = call(activator, room.version(2));
        pass(entered);
        Thread closing = Thread.ofVirtual().start(activator::close);
        await().until(() -> runtime.running.isEmpty());
        gate.countDown();
        closing.join();

        assertThat(starting.failure().problem().code()).isEqualTo("STOPPING");
        await().until(() -> runtime.running.isEmpty());
        assertThat(call(activator, room.version(3)).failure().problem().code()).isEqualTo("STOPPING");
        held.end();
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
