package dev.berth.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KeyedLocksTest {
    private final KeyedLocks<String> locks = new KeyedLocks<>();
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void oneKeyIsHeldByOneAtATimeAndAnotherIsFree() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Thread first = Thread.ofVirtual()
                .start(() -> locks.holding("a", () -> {
                    begun.countDown();
                    return awaitThen(end, "first");
                }));
        begun.await();
        Thread second = Thread.ofPlatform().start(() -> locks.holding("a", () -> done.add("second")));
        await().until(() -> second.getState() == Thread.State.WAITING);
        locks.holding("b", () -> done.add("other"));
        end.countDown();
        first.join();
        second.join();
        assertThat(done).containsExactly("other", "first", "second");
    }

    @Test
    void workThatFailsGivesTheKeyBack() throws Exception {
        assertThatThrownBy(() -> locks.holding("a", () -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        Thread next = Thread.ofVirtual().start(() -> locks.holding("a", () -> done.add("next")));
        next.join();
        assertThat(done).containsExactly("next");
    }

    private boolean awaitThen(CountDownLatch latch, String name) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return done.add(name);
    }
}
