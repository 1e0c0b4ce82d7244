package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.CallRecord;
import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StructuredLogTest {
    private final JsonLineFormatter formatter = new JsonLineFormatter();

    @TempDir
    private Path folder;

    @Test
    void aRecordIsOneObjectOnOneLine() {
        LogRecord record = new LogRecord(Level.SEVERE, "broken\n\"quoted\" 云");
        record.setInstant(Instant.parse("2026-01-02T03:04:05.006Z"));
        record.setLoggerName("dev.berth.Some");
        record.setThrown(new IOException("outer", new IOException("inner")));

        String line = formatter.format(record);

        assertThat(line).endsWith("\n").containsOnlyOnce("\n");
        JsonObject json = new JsonObject(line);
        assertThat(json.fieldNames()).containsExactly("time", "level", "logger", "message", "error");
        assertThat(json.getString("time")).isEqualTo("2026-01-02T03:04:05.006Z");
        assertThat(json.getString("level")).isEqualTo("error");
        assertThat(json.getString("message")).isEqualTo("broken\n\"quoted\" 云");
        assertThat(json.getString("error"))
                .contains("IOException: outer")
                .contains("Caused by: java.io.IOException: inner");
    }

    @Test
    void whatIsKnownOfARefusedCallIsInMembersOfItsOwn() {
        List<LogRecord> records = new ArrayList<>();
        Handler trap = trap(records);
        Logger.getLogger("calls").addHandler(trap);
        try {
            new CallLog(1, new LineLimit(100, System::nanoTime))
                    .record(new CallRecord(
                            "call-7",
                            Instant.EPOCH,
                            "GET",
                            "/shop",
                            "prod-01",
                            CallRecord.Kind.SERVICE,
                            "demo",
                            Optional.empty(),
                            Optional.empty(),
                            200,
                            "102002",
                            Optional.of(Refusal.system(SystemError.TIMEOUT, "service", "too slow")),
                            true,
                            7,
                            15_000));
        } finally {
            Logger.getLogger("calls").removeHandler(trap);
        }

        JsonObject json = new JsonObject(formatter.format(records.getFirst()));
        assertThat(json.getString("callId")).isEqualTo("call-7");
        assertThat(json.getString("environment")).isEqualTo("prod-01");
        assertThat(json.getString("service")).isEqualTo("demo");
        assertThat(json.getString("outcome")).isEqualTo("102002");
        assertThat(json.getString("component")).isEqualTo("service");
        assertThat(json.getBoolean("cold")).isTrue();
        assertThat(json.getLong("millis")).isEqualTo(15_000);
        assertThat(json.getString("message")).contains("GET /shop prod-01/demo → 102002 (service: too slow), 15000 ms");
    }

    @Test
    void aSlowDiskHoldsUpNobodyAndWhatIsLostIsTold() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        List<LogRecord> records = new ArrayList<>();
        Handler slow = trap(records, stuck);
        QueuedHandler queued = new QueuedHandler(List.of(slow), 10);

        for (int i = 0; i < 1_000; i++) { // would never end if this thread waited for the disk
            queued.publish(new LogRecord(Level.INFO, "record " + i));
        }
        assertThat(queued.lost()).isBetween(985L, 990L);
        stuck.countDown();

        await().atMost(30, TimeUnit.SECONDS).until(() -> texts(records).anyMatch(text -> text.contains("were lost")));
        queued.close();
        assertThat(texts(records).toList())
                .startsWith("record 0", "record 1")
                .last()
                .asString()
                .isEqualTo(queued.lost() + " log records were lost: they came faster than they could be written");
    }

    @Test
    void whatWasLoggedBeforeTheEndIsWritten() {
        List<LogRecord> records = new ArrayList<>();
        QueuedHandler queued = new QueuedHandler(List.of(trap(records)), 10_000);

        for (int i = 0; i < 5_000; i++) {
            queued.publish(new LogRecord(Level.INFO, "x"));
        }
        queued.close();

        assertThat(records).hasSize(5_000);
        assertThat(queued.lost()).isZero();
    }

    /** While the JVM ends, hooks still log: the original log manager has closed everything by then. */
    @Test
    void whatIsLoggedWhileTheJvmEndsIsWrittenToo() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoggingAtTheEnd.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readString(folder.resolve("logs/server.log")))
                .as(Files.readString(folder.resolve("output")))
                .contains("begun")
                .contains("still ending");
    }

    private static java.util.stream.Stream<String> texts(List<LogRecord> records) {
        synchronized (records) {
            return List.copyOf(records).stream().map(LogRecord::getMessage);
        }
    }

    private static Handler trap(List<LogRecord> records) {
        return trap(records, new CountDownLatch(0));
    }

    private static Handler trap(List<LogRecord> records, CountDownLatch until) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                synchronized (records) {
                    records.add(record);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
