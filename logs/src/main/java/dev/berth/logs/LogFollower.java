package dev.berth.logs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands lines to a consumer on a thread of its own, because a slow one must not hold up who writes. One
 * that is too slow misses the oldest lines and is told how many.
 */
final class LogFollower {
    static final int WAITING = 10_000;

    private final Consumer<String> consumer;
    private final Deque<String> waiting = new ArrayDeque<>();
    private long missed;
    private boolean closed;

    LogFollower(List<String> first, Consumer<String> consumer) {
        this.consumer = consumer;
        waiting.addAll(first);
        Thread.ofVirtual().name("follow a log").start(this::run);
    }

    synchronized void offer(String line) {
        if (waiting.size() >= WAITING) {
            waiting.removeFirst();
            missed++;
        }
        waiting.addLast(line);
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void run() {
        for (String line = next(); line != null; line = next()) {
            consumer.accept(line);
        }
    }

    private synchronized @Nullable String next() {
        try {
            while (!closed && waiting.isEmpty()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        if (closed) {
            return null;
        }
        if (missed > 0) {
            String note = "[berth] %d lines were left out here".formatted(missed);
            missed = 0;
            return note;
        }
        return waiting.removeFirst();
    }
}
