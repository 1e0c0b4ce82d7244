package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.FunctionInvoker.Returned;
import dev.berth.core.FunctionVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseUnderLoadTest {
    private static final int CALLERS = 4;
    private static final int RELEASES = 8;

    @TempDir
    Path folder;

    @Test
    void failsNoInvocation() throws Exception {
        FunctionRules rules = new FunctionRules(
                CALLERS, Duration.ofSeconds(60), Duration.ofSeconds(30), 1, Duration.ofMinutes(10), 1L << 30);
        Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
        try (HostRoom room = new HostRoom(folder, rules)) {
            release(room, 1);
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(Thread.startVirtualThread(() -> {
                    while (!over.get()) {
                        outcomes.add(room.invoke("f", "{}"));
                    }
                }));
            }
            for (int number = 2; number <= RELEASES; number++) {
                awaitAnswers(outcomes, number - 1);
                release(room, number);
            }
            awaitAnswers(outcomes, RELEASES);
            over.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
            await().untilAsserted(() -> assertThat(room.invocations.hosts())
                    .extracting(host -> host.version().number())
                    .containsOnly(RELEASES));
        }
        assertThat(outcomes)
                .hasSizeGreaterThan(400)
                .allSatisfy(outcome -> assertThat(outcome.result())
                        .isEqualTo(new Returned(
                                String.valueOf(outcome.version().orElseThrow().number()))));
    }

    /** Each version answers often enough for its release to meet traffic. */
    private static void awaitAnswers(Queue<Outcome> outcomes, int version) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> outcomes.stream()
                                .filter(outcome ->
                                        outcome.version().orElseThrow().number() == version)
                                .count()
                        >= 60);
    }

    private static void release(HostRoom room, int number) throws IOException {
        FunctionVersion version =
                room.deploy("f", number, "exports.main = () => " + number, HostRoom.settings(30, 256, 1));
        room.invocations.released(version.id().function());
    }
}
