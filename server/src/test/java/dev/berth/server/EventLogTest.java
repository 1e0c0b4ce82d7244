package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class EventLogTest {
    @TempDir
    private Path folder;

    @Test
    void eventsAreThereAfterReopeningAndCountOn() throws IOException {
        record(3);
        Event before;
        try (EventLog log = open()) {
            before = log.latest(1, entry -> true).getFirst().event();
            assertThat(ids(log)).containsExactly(3L, 2L, 1L);
            log.record(event("three"));
            assertThat(ids(log)).containsExactly(4L, 3L, 2L, 1L);
        }
        assertThat(before).isEqualTo(event("event 2"));
    }

    @Test
    void aHalfLastLineIsPassedOver() throws IOException {
        record(2);
        String whole = Files.readString(file());
        Files.writeString(file(), whole.substring(0, whole.length() - 20));

        try (EventLog log = open()) {
            assertThat(ids(log)).containsExactly(1L);
            log.record(event("after the crash"));
        }
        try (EventLog log = open()) {
            assertThat(ids(log)).containsExactly(2L, 1L);
            assertThat(log.latest(1, entry -> true).getFirst().event().subject())
                    .isEqualTo("after the crash");
        }
    }

    @Test
    void linesThatAreNoEventsArePassedOver() throws IOException {
        record(1);
        Files.writeString(
                file(),
                "nonsense\n{}\n[]\n\n\u0000\n{\"id\":9,\"kind\":\"of_a_newer_berth\"}\n",
                StandardOpenOption.APPEND);
        try (EventLog log = open()) {
            assertThat(ids(log)).containsExactly(1L);
        }
    }

    @Test
    void theFilesAreBoundedAndTheNewestStay() throws IOException {
        long cap = 2_000;
        try (EventLog log = EventLog.open(file(), cap)) {
            for (int number = 0; number < 100; number++) {
                log.record(event("event " + number));
            }
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(cap);
        assertThat(Files.size(folder.resolve("events.ndjson.1"))).isLessThanOrEqualTo(cap);
        try (EventLog log = EventLog.open(file(), cap)) {
            assertThat(ids(log))
                    .startsWith(100L, 99L, 98L, 97L, 96L, 95L, 94L, 93L, 92L, 91L)
                    .hasSizeGreaterThan(10);
        }
    }

    /** As that of a management request while the server stops. */
    @Test
    void aThreadThatIsInterruptedRecordsAndHarmsNobody() throws IOException {
        try (EventLog log = open()) {
            Thread.currentThread().interrupt();
            log.record(event("interrupted"));
            assertThat(Thread.interrupted()).isTrue();
            log.record(event("afterwards"));
        }
        try (EventLog log = open()) {
            assertThat(ids(log)).containsExactly(2L, 1L);
        }
    }

    @Test
    void memoryIsBounded() throws IOException {
        record(EventLog.KEPT + 10);
        try (EventLog log = open()) {
            assertThat(log.latest(Integer.MAX_VALUE, entry -> true)).hasSize(EventLog.KEPT);
            assertThat(log.latest(1, entry -> true).getFirst().id()).isEqualTo(EventLog.KEPT + 10);
        }
    }

    @Test
    void whatWasRecordedSurvivesKill() throws Exception {
        Process recorder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EventRecording.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = 0;
        try (BufferedReader lines = recorder.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = Long.parseLong(line);
                if (last == 500) {
                    recorder.toHandle().destroyForcibly(); // the process itself would close its output, too
                }
            }
        }
        recorder.waitFor();
        assertThat(last).isGreaterThanOrEqualTo(500);
        try (EventLog log = open()) {
            assertThat(ids(log).getFirst()).isGreaterThanOrEqualTo(last);
            assertThat(ids(log).getLast()).isEqualTo(Math.max(1, ids(log).getFirst() - EventLog.KEPT + 1));
        }
    }

    static Event event(String subject) {
        return new Event(
                Instant.parse("2026-11-20T08:00:00.123456789Z"),
                Event.Kind.APP_PUT,
                Event.operator("alice@laptop"),
                Optional.empty(),
                Optional.of("服务"),
                subject,
                "a \"reason\"\nin two lines");
    }

    private void record(int count) throws IOException {
        try (EventLog log = open()) {
            for (int number = 0; number < count; number++) {
                log.record(event("event " + number));
            }
        }
    }

    private EventLog open() {
        return EventLog.open(file());
    }

    private Path file() {
        return folder.resolve("events.ndjson");
    }

    private static List<Long> ids(EventLog log) {
        return log.latest(Integer.MAX_VALUE, entry -> true).stream()
                .map(EventLog.Entry::id)
                .toList();
    }
}
