package dev.berth.server;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Writes log records on a thread of its own, so that a slow disk or a full pipe holds up nobody who logs, event loops
 * above all. What does not fit into the queue is counted and lost, and the log tells how much it was.
 */
final class QueuedHandler extends Handler {
    private static final long LONGEST_FLUSH_MILLIS = 5_000;

    private final BlockingQueue<LogRecord> waiting;
    private final List<? extends Handler> targets;
    private final Thread writer;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder written = new LongAdder();
    private volatile boolean closing;
    private long lostTold;

    QueuedHandler(List<? extends Handler> targets, int capacity) {
        this.targets = targets;
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.writer = Thread.ofPlatform().name("server-log").daemon().unstarted(this::write);
        writer.start();
    }

    /** Never waits. */
    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            (waiting.offer(record) ? accepted : lost).increment();
        }
    }

    long lost() {
        return lost.sum();
    }

    private void write() {
        try {
            while (!closing || !waiting.isEmpty()) {
                LogRecord record = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (record != null) {
                    deliver(record);
                    written.increment();
                }
                tellLost();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(LogRecord record) {
        for (Handler target : targets) {
            try {
                target.publish(record);
            } catch (RuntimeException e) { // of a formatter: one record less, but not the log
                lost.increment();
            }
        }
    }

    private void tellLost() {
        long now = lost.sum();
        if (now > lostTold && waiting.isEmpty()) {
            LogRecord record = new LogRecord(
                    Level.WARNING,
                    "%d log records were lost: they came faster than they could be written".formatted(now - lostTold));
            record.setLoggerName(QueuedHandler.class.getName());
            lostTold = now;
            deliver(record);
        }
    }

    /** Waits, for some seconds at most, until all that was logged before is written. */
    @Override
    public void flush() {
        long until = accepted.sum();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_FLUSH_MILLIS);
        while (written.sum() < until && writer.isAlive() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        targets.forEach(Handler::flush);
    }

    /** Writes what waits, for some seconds at most, and closes the targets. Repeatable. */
    @Override
    public void close() {
        flush();
        closing = true;
        try {
            writer.join(LONGEST_FLUSH_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        targets.forEach(Handler::close);
    }
}
