package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.FunctionVersionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Functions that do what a test says, and tell what they were asked. */
final class TestFunctions implements FunctionInvoker {
    private final BlockingQueue<Invocation> invocations = new LinkedBlockingQueue<>();
    private volatile Function<Invocation, CompletionStage<Outcome>> behaviour = TestFunctions::knowNone;

    private static CompletionStage<Outcome> knowNone(Invocation invocation) {
        return CompletableFuture.completedFuture(failed(invocation, FunctionError.UNKNOWN, "not here"));
    }

    @Override
    public CompletionStage<Outcome> invoke(Invocation invocation) {
        invocations.add(invocation);
        return behaviour.apply(invocation);
    }

    void forget() {
        invocations.clear();
        behaviour = TestFunctions::knowNone;
    }

    void answer(Function<Invocation, CompletionStage<Outcome>> next) {
        behaviour = next;
    }

    void give(String json) {
        behaviour = invocation -> CompletableFuture.completedFuture(returned(invocation, json));
    }

    void fail(FunctionError error, String message) {
        behaviour = invocation -> CompletableFuture.completedFuture(failed(invocation, error, message));
    }

    /** The next that was asked for. */
    Invocation invoked() throws InterruptedException {
        Invocation next = invocations.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("an invocation").isNotNull();
        return next;
    }

    List<Invocation> invokedSoFar() {
        return List.copyOf(invocations);
    }

    static Outcome returned(Invocation invocation, String json) {
        return outcome(invocation, new Returned(json));
    }

    static Outcome failed(Invocation invocation, FunctionError error, String message) {
        return outcome(invocation, new Failed(error, message));
    }

    private static Outcome outcome(Invocation invocation, Result result) {
        return new Outcome(
                "request-7",
                Optional.of(new FunctionVersionId(invocation.function(), 3)),
                result,
                Duration.ofMillis(5),
                Duration.ofMillis(9),
                64,
                true,
                List.of());
    }
}
