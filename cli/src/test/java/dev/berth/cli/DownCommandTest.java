package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownCommandTest {
    @TempDir
    Path folder;

    @Test
    void waitsUntilTheProcessHasEnded() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        try (ServerDouble server = new ServerDouble().describedIn(folder, process.pid())) {
            server.on("POST /api/v1/shutdown", asked -> {
                process.destroy();
                return ServerDouble.Answer.of(200, "{\"stopping\":true}");
            });
            Typed typed = Typed.in(folder, "down");
            assertThat(ProcessEnd.isOver(process.toHandle())).isTrue(); // isAlive takes note of it later
            assertThat(typed.exitCode()).isZero();
            assertThat(typed.out()).isEqualTo("Stopped (pid %d).\n".formatted(process.pid()));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void saysHowToEndAProcessThatDoesNotStop() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        try (ServerDouble server = new ServerDouble().describedIn(folder, process.pid())) {
            server.on("POST /api/v1/shutdown", "{\"stopping\":true}");
            Typed typed = Typed.in(folder, "down", "--timeout", "0");
            assertThat(typed.exitCode()).isEqualTo(1);
            assertThat(typed.err()).contains("still runs", "kill -9 " + process.pid());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void isFineWhenNothingRuns() {
        assertThat(Typed.in(folder, "down")).satisfies(this::nothingRuns);
        new ServerDouble().describedIn(folder).close();
        assertThat(Typed.in(folder, "down")).satisfies(this::nothingRuns);
        assertThat(Typed.in(folder, "down", "--json").out()).isEqualTo("{\"stopping\":false}\n");
    }

    private void nothingRuns(Typed typed) {
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).isEqualTo("Nothing runs here.\n");
        assertThat(typed.err()).isEmpty();
    }
}
