package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Instances die in the middle of calls; callers who only ask do not notice. */
class KilledInstanceTest {
    private static final int CALLERS = 4;
    private static final int CALLS_EACH = 120;
    private static final int CALLS_PER_KILL = 48;

    @RegisterExtension
    static final Platform platform = new Platform("echo");

    @Test
    @Tag("CH-103")
    void noCallByASafeMethodFails() throws Exception {
        Caller alice = platform.as("alice");
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger kills = new AtomicInteger();
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        Callable<Void> caller = () -> {
            for (int i = 0; i < CALLS_EACH; i++) {
                Answer answer = alice.get("echo", "/" + i);
                if (answer.status() != 200 || !answer.systemError().isEmpty()) {
                    failures.add(answer.status() + " " + answer.header("x-berth-reason") + " " + answer.body());
                } else if (calls.incrementAndGet() % CALLS_PER_KILL == 0) {
                    Processes.signal("KILL", answer.json().path("pid").asLong());
                    kills.incrementAndGet();
                }
            }
            return null;
        };
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                running.add(callers.submit(caller));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        }
        assertThat(failures).isEmpty();
        assertThat(calls).hasValueGreaterThanOrEqualTo(400);
        assertThat(kills).hasValueGreaterThanOrEqualTo(8);
    }
}
