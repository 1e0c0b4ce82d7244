package dev.berth.server;

import dev.berth.core.Directory;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.FunctionInvoker.Returned;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the invocations of functions. Thread-safe. */
final class InvocationMetrics {
    private final Counters outcomes = new Counters();
    private final Map<List<String>, TimeHistogram> durations = new ConcurrentHashMap<>();
    private final Map<List<String>, TimeHistogram> coldStarts = new ConcurrentHashMap<>();

    void record(FunctionId function, Outcome outcome) {
        List<String> labels = List.of(function.environmentId(), function.name());
        outcomes.increment(function.environmentId(), function.name(), name(outcome));
        if (outcome.version().isPresent()) {
            add(durations, labels, outcome.duration().toMillis());
            if (outcome.cold()) {
                add(
                        coldStarts,
                        labels,
                        outcome.total().minus(outcome.duration()).toMillis());
            }
        }
    }

    private static String name(Outcome outcome) {
        return switch (outcome.result()) {
            case Returned returned -> "ok";
            case Failed failed -> failed.error().name().toLowerCase(Locale.ROOT);
        };
    }

    private static void add(Map<List<String>, TimeHistogram> histograms, List<String> labels, long millis) {
        histograms.computeIfAbsent(labels, ignored -> new TimeHistogram()).add(millis);
    }

    /** Forgets the functions that are not there. */
    void keepOnly(Directory directory) {
        outcomes.removeIf(labels -> isGone(directory, labels));
        durations.keySet().removeIf(labels -> isGone(directory, labels));
        coldStarts.keySet().removeIf(labels -> isGone(directory, labels));
    }

    private static boolean isGone(Directory directory, List<String> labels) {
        return directory.function(new FunctionId(labels.get(0), labels.get(1))).isEmpty();
    }

    void addTo(Samples samples) {
        samples.add(Family.INVOCATIONS, outcomes);
        durations.forEach((labels, histogram) ->
                samples.add(Family.INVOCATION_DURATION, histogram, labels.toArray(String[]::new)));
        coldStarts.forEach(
                (labels, histogram) -> samples.add(Family.COLD_INVOCATION, histogram, labels.toArray(String[]::new)));
    }
}
