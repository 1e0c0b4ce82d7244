package dev.berth.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs on a real file system of 64 KiB. It is mounted in a mount namespace of its own, which needs no privilege where
 * user namespaces are allowed, and reached through {@code /proc/<pid>/root}.
 */
@Timeout(60)
class FullDiskTest {
    @TempDir
    Path folder;

    private Process holder;
    private Path disk;

    @BeforeEach
    void mount() throws IOException {
        String script = "mount -t tmpfs -o size=64k none '%s' && echo mounted && read end".formatted(folder);
        try {
            holder = new ProcessBuilder("unshare", "-rm", "sh", "-c", script)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            leaveOut(e.toString());
            throw e;
        }
        BufferedReader answer = holder.inputReader();
        String said = answer.readLine();
        if (!"mounted".equals(said)) {
            leaveOut(said);
        }
        disk = Path.of("/proc/" + holder.pid() + "/root" + folder);
    }

    /** Loudly: on standard error, and as skipped in the report. */
    private static void leaveOut(@Nullable String why) {
        System.err.println("LEFT OUT: a log on a full disk (no tmpfs can be mounted: " + why + ")");
        assumeTrue(false, "no tmpfs can be mounted: " + why);
    }

    @AfterEach
    void unmount() throws Exception {
        if (holder != null) {
            holder.outputWriter().close(); // its shell reads the end
            if (!holder.waitFor(5, TimeUnit.SECONDS)) {
                holder.destroyForcibly();
            }
        }
    }

    @Test
    void linesAreLostCountedAndSaidOnceThereIsSpace() throws Exception {
        try (LogBook book = new LogBook(disk.resolve("logs"), Clock.systemUTC(), 10 << 20)) {
            Log log = book.of("prod-01", "demo");
            log.append("demo-001-a", "before");
            Path ballast = disk.resolve("ballast");
            fill(ballast);

            for (int i = 0; i < 200; i++) {
                log.append("demo-001-a", "line " + i + " " + "x".repeat(200));
            }
            long lost = log.lost();
            assertThat(lost).as("half a page may have been left").isBetween(150L, 200L);

            Files.delete(ballast);
            log.append("demo-001-a", "after");
            assertThat(log.lost()).isEqualTo(lost);
            List<String> lines = log.tail(1000);
            assertThat(lines)
                    .allMatch(
                            line -> line.matches(
                                    "\\S+Z (demo-001-a (before|after|line \\d+ x{200})|- \\[berth\\] \\d+ lines? w[a-z]+ lost: .*)"));
            List<String> notes =
                    lines.stream().filter(line -> line.contains(" - [berth] ")).toList();
            assertThat(notes).as("a short note may fit where a line did not").hasSizeBetween(1, 3);
            assertThat(notes).allMatch(note -> note.endsWith(" lost: No space left on device"));
            assertThat(notes.stream()
                            .mapToLong(note -> Long.parseLong(note.split(" ", -1)[3]))
                            .sum())
                    .isEqualTo(lost);
            assertThat(lines).hasSize((int) (200 - lost) + 2 + notes.size());
            assertThat(lines.getLast()).endsWith(" demo-001-a after");
        }
    }

    @Test
    void aLogThatRestsSaysItToo() throws Exception {
        try (LogBook book = new LogBook(disk.resolve("logs"), Clock.systemUTC(), 10 << 20)) {
            Log log = book.of("prod-01", "demo");
            Path ballast = disk.resolve("ballast");
            fill(ballast);
            log.append("demo-001-a", "lost");
            log.rest();
            Files.delete(ballast);
            log.rest();
            assertThat(log.tail(10)).hasSize(1);
            assertThat(log.tail(10).get(0)).endsWith("[berth] 1 line was lost: No space left on device");
        }
    }

    private static void fill(Path ballast) throws IOException {
        try (var out = Files.newOutputStream(ballast)) {
            for (int i = 0; i < 1024; i++) {
                out.write(new byte[1024]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
            return;
        }
        throw new AssertionError("the disk is larger than it should be");
    }
}
