package dev.berth.functions;

import dev.berth.core.FunctionInvoker.Failed;
import java.time.Duration;
import java.util.Optional;

/**
 * When a version whose hosts fail to start may start the next one: at once after the first failure, then after growing
 * pauses. Who comes in between is told at once what went wrong. Guarded by the pool's lock; times are {@link System#nanoTime}.
 */
final class StartPauses {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Optional<Failed> last = Optional.empty();
    private int failures;
    private long end;

    void failed(Failed failed, long now) {
        last = Optional.of(failed);
        failures++;
        end = now + pause().toNanos();
    }

    void succeeded() {
        last = Optional.empty();
        failures = 0;
    }

    /** What was wrong with the last start. */
    Optional<Failed> failure() {
        return last;
    }

    /** Whether the last start failed: none is made ahead then. */
    boolean isFailing() {
        return failures > 0;
    }

    /** What an invocation that needs a start is told; empty if it may start. */
    Optional<InvocationFailure> refusal(long now) {
        return end - now > 0 ? last.map(failed -> refusal(failed, Duration.ofNanos(end - now))) : Optional.empty();
    }

    private InvocationFailure refusal(Failed failed, Duration left) {
        return new InvocationFailure(
                failed.error(),
                "%s\n(failed %d times in a row; the next start is tried in %d ms)"
                        .formatted(failed.message(), failures, left.toMillis() + 1));
    }

    private Duration pause() {
        if (failures < 2) {
            return Duration.ZERO;
        }
        Duration grown = FIRST.multipliedBy(1L << Math.min(failures - 2, 20));
        return grown.compareTo(LONGEST) < 0 ? grown : LONGEST;
    }
}
