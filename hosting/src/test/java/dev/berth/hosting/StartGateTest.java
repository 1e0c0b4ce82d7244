package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StartGateTest {
    private final PoolTimers timers = new PoolTimers();
    private final StartGate gate = new StartGate(timers, 2);

    @AfterEach
    void close() {
        timers.close();
    }

    private interface Entry {
        StartGate.Pass enter() throws InterruptedException;
    }

    private static CompletableFuture<StartGate.Pass> entering(Entry entry) {
        CompletableFuture<StartGate.Pass> passed = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                passed.complete(entry.enter());
            } catch (InterruptedException e) {
                passed.completeExceptionally(e);
            }
        });
        return passed;
    }

    @Test
    void thoseAheadLeaveHalfOfThePlacesToCalls() throws Exception {
        StartGate.Pass ahead = gate.ahead();
        CompletableFuture<StartGate.Pass> second = entering(gate::ahead);
        StartGate.Pass call = gate.forCalls();
        assertThat(second).isNotDone();
        call.close();
        ahead.close();
        ahead.close();
        second.join().close();
    }

    @Test
    void aProgramThatOnlyWaitsHoldsUpNobodyForLong() throws Exception {
        StartGate.Pass one = gate.forCalls();
        StartGate.Pass two = gate.forCalls();
        CompletableFuture<StartGate.Pass> third = entering(gate::forCalls);
        await().during(Duration.ofMillis(200)).until(() -> !third.isDone());
        await().atMost(Duration.ofSeconds(20)).until(third::isDone);
        one.close();
        two.close();
        third.join().close();
        assertThat(entering(gate::forCalls)).succeedsWithin(Duration.ofSeconds(20));
        assertThat(entering(gate::forCalls)).succeedsWithin(Duration.ofSeconds(20));
    }
}
