package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.InstanceRuntime.Exit;
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

/** Many callers against an idle time so short that stops and leases meet all the time. */
@Timeout(120)
class VersionPoolRaceTest {
    private static final int CALLERS = 16;
    private static final int CALLS = 400;

    @TempDir
    Path data;

    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    @Tag("HO-14")
    @Tag("HO-31")
    void aHeldLeaseNeverSeesItsInstanceStopped() throws Exception {
        try (ActivatorRoom room = new ActivatorRoom(data)) {
            List<VersionPool> pools = new ArrayList<>();
            for (int number = 1; number <= CALLERS / 2; number++) {
                pools.add(new VersionPool(room.version(number), Duration.ofNanos(500_000), room.starter, room.timers));
            }
            callFromManyThreads(room, pools);

            assertThat(cut).hasValue(0);
            assertThat(refused).hasValue(0);
            assertThat(room.runtime.started.size())
                    .as("stops and leases did meet")
                    .isGreaterThan(100);
            await().until(() -> room.runtime.running.isEmpty());
            assertThat(pools)
                    .allSatisfy(pool -> assertThat(pool.count().inFlight()).isZero());
        }
    }

    @Test
    @Tag("HO-14")
    void retirementMeetsLeases() throws Exception {
        try (ActivatorRoom room = new ActivatorRoom(data)) {
            VersionPool pool = new VersionPool(room.version(1), Duration.ofMinutes(1), room.starter, room.timers);
            AtomicBoolean done = new AtomicBoolean();
            Thread retiring = Thread.ofVirtual().start(() -> {
                while (!done.get()) {
                    pool.retire();
                    LockSupport.parkNanos(300_000);
                }
            });
            callFromManyThreads(room, List.of(pool));
            done.set(true);
            retiring.join();

            assertThat(cut).hasValue(0);
            assertThat(refused).hasValue(0);
            assertThat(room.runtime.started.size()).isGreaterThan(20);
            pool.retire();
            await().until(() -> pool.count().instances() == 0 && room.runtime.running.isEmpty());
        }
    }

    @Test
    void deathMeetsLeasesAndEveryoneIsAnswered() throws Exception {
        try (ActivatorRoom room = new ActivatorRoom(data)) {
            VersionPool pool = new VersionPool(room.version(1), Duration.ofMinutes(1), room.starter, room.timers);
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
                    assertThat(answer.failure().problem().code()).isEqualTo("EXITED_BEFORE_READY");
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
            pool.close();
            assertThat(pool.awaitZero(Duration.ofSeconds(10))).isTrue();
        }
    }

    private void callFromManyThreads(ActivatorRoom room, List<VersionPool> pools) throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            VersionPool pool = pools.get(i % pools.size());
            callers.add(Thread.ofPlatform().start(() -> callOften(room, pool)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private void callOften(ActivatorRoom room, VersionPool pool) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < CALLS; i++) {
            Answer answer = Calls.call(pool::lease);
            if (!answer.settled()) {
                refused.incrementAndGet();
                continue;
            }
            Lease lease = answer.lease();
            LockSupport.parkNanos(random.nextInt(300_000));
            boolean stopped = room.runtime.started.stream()
                    .filter(instance -> instance.request.instanceId().equals(lease.instanceId()))
                    .anyMatch(instance -> instance.stopAsked);
            if (stopped) {
                cut.incrementAndGet();
            }
            lease.end();
            LockSupport.parkNanos(random.nextInt(1_200_000));
        }
    }
}
