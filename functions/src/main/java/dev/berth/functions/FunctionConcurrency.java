package dev.berth.functions;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many invocations of each function there are, whatever its versions; bounded (HO-56). Thread-safe. */
final class FunctionConcurrency {
    private final int most;
    private final ConcurrentMap<FunctionId, Integer> running = new ConcurrentHashMap<>();

    FunctionConcurrency(int most) {
        this.most = most;
    }

    /** @throws InvocationFailure {@code TOO_MANY} */
    void enter(FunctionId function) {
        running.merge(function, 1, (count, one) -> {
            if (count >= most) {
                throw new InvocationFailure(
                        FunctionError.TOO_MANY,
                        "%s: %d invocations of %s are running (expected: at most %d)"
                                .formatted(FunctionError.TOO_MANY.text(), count, function.name(), most));
            }
            return count + one;
        });
    }

    void leave(FunctionId function) {
        running.computeIfPresent(function, (_, count) -> count == 1 ? null : count - 1);
    }
}
