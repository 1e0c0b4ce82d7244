package dev.berth.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Counts what happens now and then, by labels. Thread-safe. */
final class Counters {
    private final Map<List<String>, LongAdder> numbers = new ConcurrentHashMap<>();

    void increment(String... labels) {
        numbers.computeIfAbsent(List.of(labels), ignored -> new LongAdder()).increment();
    }

    void removeIf(Predicate<List<String>> gone) {
        numbers.keySet().removeIf(gone);
    }

    Map<List<String>, LongAdder> numbers() {
        return numbers;
    }
}
