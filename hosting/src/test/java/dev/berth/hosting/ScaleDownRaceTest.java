package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator;
import dev.berth.core.Activator.Lease;
import dev.berth.core.Event;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.Scale;
import dev.berth.core.Version;
import dev.berth.hosting.Calls.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many callers against times so short that stops and leases meet all the time. The instances count what is cut. */
@Timeout(120)
class ScaleDownRaceTest {
    private static final int CALLERS = 16;
    private static final int CALLS = 400;
    private static final Duration TINY = Duration.ofNanos(500_000);

    @TempDir
    Path data;

    private final AtomicInteger refused = new AtomicInteger();

    @Test
    @Tag("HO-14")
    @Tag("HO-31")
    void theWayToZeroCutsNoCall() throws Exception {
        try (ActivatorRoom room = new ActivatorRoom(data, version -> ActivatorRoom.idle(version, TINY))) {
            List<Version> versions = new ArrayList<>();
            for (int number = 1; number <= CALLERS / 2; number++) {
                versions.add(room.version(number, new Scale(0, 1)));
            }
            callFromManyThreads(room, versions);

            assertNothingWasCut(room);
            assertThat(room.runtime.started).as("stops and leases did meet").hasSizeGreaterThan(100);
            await().until(() -> room.runtime.running.isEmpty());
            assertThat(versions)
                    .allSatisfy(version ->
                            assertThat(room.count(version).inFlight()).isZero());
        }
    }

    @Test
    @Tag("HO-14")
    @Tag("HO-32")
    void severalInstancesThatComeAndGoCutNoCall() throws Exception {
        PoolRules.Scaling nervous =
                new PoolRules.Scaling(0.6, 1, Duration.ZERO, Duration.ZERO, Duration.ofNanos(200_000), TINY);
        try (ActivatorRoom room = new ActivatorRoom(
                data, version -> new PoolRules(TINY, new Scale(0, 6), PoolRules.Pauses.DEFAULT, nervous))) {
            callFromManyThreads(room, List.of(room.version(1), room.version(2)));

            assertNothingWasCut(room);
            assertThat(room.reasons(Event.Kind.INSTANCE_STARTED)).anyMatch(reason -> reason.startsWith("load: "));
            assertThat(room.reasons(Event.Kind.INSTANCE_STOPPING))
                    .anyMatch(reason -> reason.startsWith("scale down: "))
                    .anyMatch(reason -> reason.startsWith("no calls for "));
            await().until(() -> room.runtime.running.isEmpty());
        }
    }

    @Test
    @Tag("HO-14")
    void retirementMeetsLeases() throws Exception {
        try (ActivatorRoom room = new ActivatorRoom(data)) {
            Version version = room.version(1);
            AtomicBoolean done = new AtomicBoolean();
            Thread retiring = Thread.ofVirtual().start(() -> {
                while (!done.get()) {
                    room.activator.retire(version.id());
                    LockSupport.parkNanos(300_000);
                }
            });
            callFromManyThreads(room, List.of(version));
            done.set(true);
            retiring.join();

            assertNothingWasCut(room);
            assertThat(room.runtime.started).hasSizeGreaterThan(20);
            room.activator.retire(version.id());
            await().until(() -> room.runtime.running.isEmpty() && room.activator.size() == 0);
        }
    }

    @Test
    void deathMeetsLeasesAndEveryoneIsAnswered() throws Exception {
        try (ActivatorRoom room = new ActivatorRoom(data)) {
            Version version = room.version(1);
            VersionPool pool = room.pool(version, PoolRules.of(version));
            AtomicBoolean done = new AtomicBoolean();
            Thread killing = Thread.ofVirtual().start(() -> {
                while (!done.get()) {
                    room.runtime.running.forEach(instance -> instance.exit(new Exit(137, "killed by SIGKILL")));
                    LockSupport.parkNanos(2_000_000);
                }
            });
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                Answer answer = Calls.call(pool::lease);
                answers.add(answer);
                if (!answer.settled()) {
                    assertThat(answer.failure().problem().code()).isIn("EXITED_BEFORE_READY", "RESTARTS_PAUSED");
                } else if (i % 2 == 0) {
                    answer.lease().endBroken();
                } else {
                    answer.lease().end();
                }
            }
            done.set(true);
            killing.join();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.told).hasValue(1));
            assertThat(pool.count().inFlight()).isZero();
            pool.close("the test ends");
            assertThat(pool.awaitZero(Duration.ofSeconds(10))).isTrue();
        }
    }

    private void assertNothingWasCut(ActivatorRoom room) {
        assertThat(room.runtime.cut).hasValue(0);
        assertThat(refused).hasValue(0);
    }

    private void callFromManyThreads(ActivatorRoom room, List<Version> versions) throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Version version = versions.get(i % versions.size());
            callers.add(Thread.ofPlatform().start(() -> callOften(room, room.activator, version)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private void callOften(ActivatorRoom room, Activator activator, Version version) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < CALLS; i++) {
            Answer answer = Calls.call(activator, version);
            if (!answer.settled()) {
                refused.incrementAndGet();
                continue;
            }
            Lease lease = answer.lease();
            room.runtime.of(lease).serve(random.nextInt(300_000));
            lease.end();
            LockSupport.parkNanos(random.nextInt(1_200_000));
        }
    }
}
