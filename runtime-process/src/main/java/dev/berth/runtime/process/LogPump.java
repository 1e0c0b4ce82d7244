package dev.berth.runtime.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Carries lines from the pipe to the log. A slow log slows the program down, by the pipe, and loses nothing. A platform
 * thread of its own, because a read from a pipe holds the carrier of a virtual thread, and there are at most
 * 256: three hundred silent programs would stop every virtual thread of the server.
 */
final class LogPump {
    private static final System.Logger LOG = System.getLogger(LogPump.class.getName());
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final long STACK = 256 * 1024;

    private final InputStream pipe;
    private final Consumer<String> log;
    private final ReentrantLock order = new ReentrantLock();
    private final LastLines lastLines = new LastLines();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong chunks = new AtomicLong();
    private volatile boolean reading = true;
    private volatile boolean abandoned;

    private LogPump(InputStream pipe, Consumer<String> log) {
        this.pipe = pipe;
        this.log = log;
    }

    /** @throws IOException when the system gives no thread */
    static LogPump start(String instanceId, InputStream pipe, Consumer<String> log) throws IOException {
        var pump = new LogPump(pipe, log);
        try {
            Thread.ofPlatform()
                    .daemon()
                    .stackSize(STACK)
                    .name("log " + instanceId)
                    .start(pump::run);
        } catch (OutOfMemoryError noThread) {
            throw new IOException("Resource temporarily unavailable: no thread for the log", noThread);
        }
        return pump;
    }

    List<String> lastLines() {
        return lastLines.list();
    }

    /**
     * Waits, after the program has ended, until its last line is in the log. A process that escaped may hold the pipe
     * open: then silence ends the wait. A log that is slow beyond measure gets its lines later.
     */
    void awaitEnd() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        long seen = -1;
        while (!ended.await(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
            if (reading && chunks.get() == seen) {
                abandoned = true;
                return;
            }
            if (System.nanoTime() > deadline) {
                return;
            }
            seen = chunks.get();
        }
    }

    private void run() {
        var splitter = new LineSplitter(this::deliver);
        byte[] buffer = new byte[8 * 1024];
        try (pipe) {
            for (int count = read(buffer); count >= 0 && !abandoned; count = read(buffer)) {
                splitter.accept(buffer, count);
            }
        } catch (IOException closed) {
            // The end of the pipe, in another guise.
        } finally {
            splitter.end();
            ended.countDown();
        }
    }

    private int read(byte[] buffer) throws IOException {
        reading = true;
        int count = pipe.read(buffer);
        reading = false;
        chunks.incrementAndGet();
        return count;
    }

    /** Lines of ours. Does not wait for a slow log. */
    void note(List<String> lines) {
        Thread.ofVirtual().name("note").start(() -> lines.forEach(line -> append("[berth] " + line)));
    }

    private void deliver(String line) {
        lastLines.add(line);
        append(line);
    }

    private void append(String line) {
        order.lock();
        try {
            log.accept(line);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a log refused a line", e);
        } finally {
            order.unlock();
        }
    }
}
