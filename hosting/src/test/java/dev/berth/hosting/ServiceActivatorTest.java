package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.artifacts.Trees;
import dev.berth.core.Activator.Lease;
import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.StartFailure;
import dev.berth.core.Version;
import dev.berth.hosting.Calls.Answer;
import dev.berth.hosting.FakeRuntime.FakeInstance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ServiceActivatorTest extends ActivatorTest {
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
        runtime.beforeStart = _ -> Calls.pass(gate);
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
        runtime.beforeStart = _ -> Calls.pass(gate);
        Version version = room.version(1);
        CountDownLatch asked = new CountDownLatch(200);
        List<Answer> answers =
                IntStream.range(0, 200).mapToObj(_ -> new Answer()).toList();
        answers.forEach(answer -> Thread.ofVirtual().start(() -> {
            activator.lease(version, answer);
            asked.countDown();
        }));
        Calls.pass(asked);
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
            Calls.pass(gate);
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
        runtime.beforeStart = _ -> Calls.pass(gate);
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
}
