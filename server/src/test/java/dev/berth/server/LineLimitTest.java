package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LineLimitTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
    private final LineLimit limit = new LineLimit(3, now::get);

    @Test
    void soManyPassWithinASecond() {
        assertThat(passed(10)).isEqualTo(3);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
        assertThat(passed(10)).isZero();
        now.addAndGet(1);
        assertThat(passed(2)).isEqualTo(2);
    }

    @Test
    void theOthersAreCountedOnce() {
        passed(10);
        assertThat(limit.takeHeldBack()).isEqualTo(7);
        assertThat(limit.takeHeldBack()).isZero();
    }

    private int passed(int asked) {
        int passed = 0;
        for (int i = 0; i < asked; i++) {
            passed += limit.passes() ? 1 : 0;
        }
        return passed;
    }
}
