package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.Event;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.Scale;
import dev.berth.core.Version;
import dev.berth.hosting.Calls.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    private static final Duration TINY = Duration.ofNanos(500_000);

    @TempDir
    Path data;

    private final AtomicInteger refused = new AtomicInteger();

    /** No idle time at all: an instance is to go whenever two callers leave it alone at the same time. */
    @Test
    @Tag("HO-14")
    @Tag("HO-31")
    void theWayToZeroCutsNoCall() throws Exception {
        try (ActivatorRoom room = new ActivatorRoom(data, version -> ActivatorRoom.idle(version, Duration.ZERO))) {
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            inManyThreads(4, number -> {
                Version version = room.version(1 + number % 2, new Scale(0, 1));
                while (System.nanoTime() < end) {
                    callOnce(room, version, 100_000);
                    long next = System.nanoTime() + ThreadLocalRandom.current().nextInt(300_000);
                    while (System.nanoTime() < next) {
                        Thread.onSpinWait();
                    }
                }
            });
            assertNothingWasCut(room);
            assertThat(room.runtime.started).as("stops and leases did meet").hasSizeGreaterThan(100);
            await().until(() -> room.runtime.running.isEmpty());
            assertThat(room.count(room.version(1)).inFlight()).isZero();
        }
    }

    /** Bursts of calls, then few calls that take long enough to be there when instances leave. */
    @Test
    @Tag("HO-14")
    @Tag("HO-32")
    void severalInstancesThatComeAndGoCutNoCall() throws Exception {
        PoolRules.Scaling nervous =
                new PoolRules.Scaling(0.6, 4, Duration.ZERO, Duration.ZERO, Duration.ofNanos(200_000), TINY);
        try (ActivatorRoom room = new ActivatorRoom(
                data, version -> new PoolRules(TINY, new Scale(0, 6), PoolRules.Pauses.DEFAULT, nervous))) {
            Version version = room.version(1);
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            inManyThreads(CALLERS, number -> {
                while (System.nanoTime() < end) {
                    boolean burst = System.nanoTime() / 10_000_000 % 2 == 0;
                    if (burst || number <= CALLERS / 4) {
                        callOnce(room, version, ThreadLocalRandom.current().nextInt(2_000_000));
                    } else {
                        LockSupport.parkNanos(500_000);
                    }
                }
            });
            assertNothingWasCut(room);
            assertThat(room.reasons(Event.Kind.INSTANCE_STARTED)).anyMatch(reason -> reason.startsWith("load: "));
            assertThat(room.reasons(Event.Kind.INSTANCE_STOPPING))
                    .as("some left with calls")
                    .anyMatch(reason -> reason.matches("scale down: .* it finishes the .*"));
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
            inManyThreads(CALLERS, _ -> {
                for (int i = 0; i < 400; i++) {
                    callOnce(room, version, ThreadLocalRandom.current().nextInt(300_000));
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(1_200_000));
                }
            });
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

    private interface Caller {
        void call(int number) throws IOException;
    }

    private void inManyThreads(int count, Caller caller) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                int number = i;
                callers.add(threads.submit(() -> {
                    caller.call(number);
                    return number;
                }));
            }
            for (Future<?> each : callers) {
                each.get();
            }
        }
    }

    private void callOnce(ActivatorRoom room, Version version, long nanos) {
        Answer answer = Calls.call(room.activator, version);
        if (!answer.settled()) {
            refused.incrementAndGet();
            return;
        }
        Lease lease = answer.lease();
        room.runtime.of(lease).serve(nanos);
        lease.end();
    }
}
