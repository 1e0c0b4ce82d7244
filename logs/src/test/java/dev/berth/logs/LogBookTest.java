package dev.berth.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogBookTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.006Z"), ZoneOffset.UTC);
    private static final String START = "2026-01-02T03:04:05.006Z demo-001-a ";

    @TempDir
    Path data;

    private Log log(long cap) {
        return new LogBook(data.resolve("logs"), CLOCK, cap).of("prod-01", "demo");
    }

    private static List<String> texts(List<String> lines) {
        return lines.stream().map(line -> line.substring(START.length())).toList();
    }

    @Test
    void aLineHasTimeInstanceAndText() {
        Log log = log(1000);
        log.append("demo-001-a", "你好 hello");
        assertThat(data.resolve("logs/prod-01/demo.log")).hasContent(START + "你好 hello\n");
        assertThat(log.tail(10)).containsExactly(START + "你好 hello");
    }

    @Test
    void oneTextIsOneLine() {
        Log log = log(1_000_000);
        log.append("demo-001-a", "progress 1%\rprogress 2%\nforged line");
        log.append("demo-001-a", "x".repeat(100_000));
        assertThat(log.tail(10)).hasSize(2);
        assertThat(log.tail(1).get(0).length()).isLessThan(66_000);
    }

    @Test
    void tailIsTheLastLinesOldestFirst() {
        Log log = log(10_000_000);
        assertThat(log.tail(5)).isEmpty();
        IntStream.range(0, 20_000).forEach(i -> log.append("demo-001-a", "line " + i));
        assertThat(texts(log.tail(3))).containsExactly("line 19997", "line 19998", "line 19999");
        assertThat(log.tail(15_000)).hasSize(15_000);
        assertThat(log.tail(Integer.MAX_VALUE)).hasSize(20_000);
        assertThat(log.tail(0)).isEmpty();
    }

    @Test
    void aFullFileIsRotatedAndTheOneBeforeThatForgotten() throws Exception {
        Log log = log(1000);
        IntStream.range(0, 200).forEach(i -> log.append("demo-001-a", "line " + i));
        assertThat(Files.size(data.resolve("logs/prod-01/demo.log"))).isLessThanOrEqualTo(1000);
        assertThat(Files.size(data.resolve("logs/prod-01/demo.log.1"))).isBetween(900L, 1000L);
        assertThat(data.resolve("logs/prod-01").toFile().list()).hasSize(2);

        List<String> tail = texts(log.tail(1000));
        assertThat(tail)
                .as("over both files")
                .hasSizeGreaterThan(Files.readAllLines(data.resolve("logs/prod-01/demo.log"))
                        .size())
                .containsExactlyElementsOf(IntStream.range(200 - tail.size(), 200)
                        .mapToObj(i -> "line " + i)
                        .toList());
    }

    @Test
    void aLogGoesOnWhereItEnded() {
        log(1000).append("demo-001-a", "before");
        Log log = log(1000);
        log.append("demo-001-a", "after");
        log.rest();
        log.append("demo-001-a", "after a rest");
        assertThat(texts(log.tail(5))).containsExactly("before", "after", "after a rest");
    }

    @Test
    void anInterruptedWriterLosesNoLineAndStaysInterrupted() {
        Log log = log(1000);
        try {
            Thread.currentThread().interrupt();
            IntStream.range(0, 30).forEach(i -> log.append("demo-001-a", "line " + i));
            log.rest();
            log.append("demo-001-a", "last");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        log.append("demo-001-a", "after");
        assertThat(log.lost()).isZero();
        assertThat(texts(log.tail(4))).containsExactly("line 28", "line 29", "last", "after");
    }

    @Test
    void followersGetTheTailAndThenEveryLineOnce() {
        Log log = log(5_000);
        List<String> seen = new CopyOnWriteArrayList<>();
        log.append("demo-001-a", "too old");
        log.append("demo-001-a", "0");
        try (Log.Following _ = log.follow(1, seen::add)) {
            IntStream.range(1, 1000).forEach(i -> log.append("demo-001-a", "" + i));
            await().until(() -> seen.size() == 1000);
        }
        assertThat(texts(seen))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(i -> "" + i).toList());
    }

    @Test
    void aClosedFollowerGetsNothingMore() {
        Log log = log(5_000);
        List<String> closed = new CopyOnWriteArrayList<>();
        List<String> open = new CopyOnWriteArrayList<>();
        log.follow(0, closed::add).close();
        try (Log.Following _ = log.follow(0, open::add)) {
            log.append("demo-001-a", "x");
            await().until(() -> open.size() == 1);
        }
        assertThat(closed).isEmpty();
    }

    @Test
    void aSlowFollowerHoldsUpNobodyAndIsToldWhatItMissed() throws Exception {
        Log log = log(10_000_000);
        CountDownLatch gate = new CountDownLatch(1);
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Log.Following _ = log.follow(0, line -> {
            pass(gate);
            seen.add(line);
        })) {
            log.append("demo-001-a", "first");
            IntStream.range(0, LogFollower.WAITING + 500).forEach(i -> log.append("demo-001-a", "line " + i));
            gate.countDown();
            await().until(() -> !seen.isEmpty() && seen.getLast().endsWith("line " + (LogFollower.WAITING + 499)));
        }
        assertThat(seen).anyMatch(line -> line.matches("\\[berth\\] \\d+ lines were left out here"));
    }

    @Test
    void manyWritersDoNotMixTheirLines() throws Exception {
        Log log = log(10_000_000);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String text = ("" + i).repeat(50);
            writers.add(Thread.ofPlatform()
                    .start(() -> IntStream.range(0, 500).forEach(_ -> log.append("demo-001-a", text))));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(texts(log.tail(5000))).hasSize(4000).allMatch(text -> text.matches("(\\d)\\1{49}"));
    }

    @Test
    void aFailingDiskStopsNeitherWriterNorFollower() throws Exception {
        Files.writeString(data.resolve("logs"), "a file where the folder should be");
        Log log = log(1000);
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Log.Following _ = log.follow(0, seen::add)) {
            log.append("demo-001-a", "one");
            log.append("demo-001-a", "two");
            await().until(() -> seen.size() == 2);
        }
        assertThat(log.lost()).isEqualTo(2);
        Files.delete(data.resolve("logs"));
        log.append("demo-001-a", "three");
        assertThat(log.tail(5))
                .as("written again once the disk is well")
                .hasSize(2)
                .last()
                .isEqualTo(START + "three");
        assertThat(log.tail(5).get(0)).contains(" - [berth] 2 lines were lost: ");
    }

    @Test
    void servicesHaveALogEach() throws IOException {
        LogBook book = new LogBook(data.resolve("logs"), CLOCK, 1000);
        book.of("prod-01", "a").append("a-001-x", "A");
        book.of("prod-01", "b").append("b-001-x", "B");
        assertThat(book.of("prod-01", "a")).isSameAs(book.of("prod-01", "a"));
        assertThat(book.of("prod-01", "a").tail(5)).hasSize(1);
        Log removed = book.of("prod-01", "a");
        book.remove("prod-01", "a");
        removed.append("a-001-x", "late");
        assertThat(data.resolve("logs/prod-01/a.log")).doesNotExist();
        assertThat(data.resolve("logs/prod-01/b.log")).exists();
        book.close();
    }

    @Test
    @Tag("HO-31")
    void aServiceAtZeroHoldsNoFileOpen() throws Exception {
        Log log = log(1000);
        log.append("demo-001-a", "x");
        assertThat(isOpen("demo.log")).isTrue();
        log.rest();
        assertThat(isOpen("demo.log")).isFalse();
    }

    private boolean isOpen(String name) throws IOException {
        Path file = data.resolve("logs/prod-01").resolve(name).toRealPath();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(file);
                } catch (IOException closedMeanwhile) {
                    return false;
                }
            });
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
