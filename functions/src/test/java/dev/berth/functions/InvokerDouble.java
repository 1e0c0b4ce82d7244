package dev.berth.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.FunctionInvoker;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;

/** Remembers invocations, and ends them when it is told to. */
final class InvokerDouble implements FunctionInvoker {
    static final Duration TOTAL = Duration.ofMillis(40);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<Invocation> asked = new ArrayList<>();
    private final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    private Optional<Result> atOnce = Optional.empty();

    @Override
    public synchronized CompletionStage<Outcome> invoke(Invocation invocation) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        asked.add(invocation);
        outcomes.add(outcome);
        atOnce.ifPresent(result -> end(outcomes.size() - 1, result));
        return outcome;
    }

    synchronized void answerAtOnce(Result result) {
        atOnce = Optional.of(result);
    }

    synchronized void end(int number, Result result) {
        outcomes.get(number)
                .complete(
                        new Outcome("request-" + number, Optional.empty(), result, TOTAL, TOTAL, 0, false, List.of()));
    }

    synchronized List<Invocation> asked() {
        return List.copyOf(asked);
    }

    synchronized long running() {
        return outcomes.stream().filter(outcome -> !outcome.isDone()).count();
    }

    /** Until there were so many. */
    List<Invocation> await(int count) {
        Awaitility.await().until(() -> asked().size() >= count);
        return asked();
    }

    /** The times in the events, in the order of the invocations. */
    List<String> times() {
        return asked().stream()
                .map(invocation -> {
                    try {
                        return MAPPER.readTree(invocation.event()).path("Time").asText();
                    } catch (JsonProcessingException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
