package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server dies in ways that give it no chance to tidy up. */
class KilledServerTest extends RuntimeFixture {
    private static final String CHILD = "sleep 600 & echo pid $!; exec node server.js";

    @Test
    @Tag("HO-35")
    void nothingOutlivesAServerThatWasKilled() throws Exception {
        Doomed doomed = start("sh", "-c", CHILD);

        doomed.kill();

        await().atMost(Duration.ofSeconds(9)).until(() -> doomed.pids().stream().noneMatch(RuntimeFixture::isRunning));
        await().until(doomed::hasNoSupervisor);
    }

    @Test
    void aProgramThatIgnoresSigtermGoesAfterTheGrace() throws Exception {
        Doomed doomed = start("sh", "-c", "trap '' TERM; " + CHILD);

        doomed.kill();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> doomed.pids().stream().noneMatch(RuntimeFixture::isRunning));
        await().until(doomed::hasNoSupervisor);
    }

    @Test
    void theNextServerRemovesWhatIsStillThere() throws Exception {
        Doomed doomed = start("sh", "-c", "trap '' TERM; " + CHILD);
        doomed.kill();

        new ProcessRuntime(doomed.folder(), PORTS).close();

        await().atMost(Duration.ofSeconds(5)).until(() -> doomed.pids().stream().noneMatch(RuntimeFixture::isRunning));
        assertThat(doomed.folder().resolve("running")).isEmptyDirectory();
    }

    @Test
    void ctrlCDoesNotEndASupervisorNorTheProgram() throws Exception {
        Doomed doomed = start("node", "server.js");
        long program = doomed.pids().getFirst();
        long supervisor = ProcessHandle.of(program)
                .flatMap(ProcessHandle::parent)
                .orElseThrow()
                .pid();

        for (String signal : List.of("INT", "HUP", "TERM", "QUIT")) {
            assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(supervisor))
                            .start()
                            .waitFor())
                    .isZero();
        }

        await().during(Duration.ofMillis(500)).until(() -> isRunning(supervisor) && isRunning(program));
        doomed.kill();
        await().until(() -> !isRunning(program) && !isRunning(supervisor));
    }

    private Doomed start(String... command) throws IOException {
        Path folder = temporary.resolve("doomed");
        var line = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                DoomedServer.class.getName(),
                folder.toString(),
                files.toString()));
        line.addAll(List.of(command));
        Process server = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = server.inputReader();
        var pids = new ArrayList<Long>();
        int expected = command.length == 2 ? 1 : 2;
        while (pids.size() < expected) {
            String said = output.readLine();
            assertThat(said).as("what the server printed").isNotNull();
            if (said.startsWith("pid ")) {
                pids.add(Long.valueOf(said.substring("pid ".length())));
            }
        }
        return new Doomed(server, folder, pids);
    }

    private record Doomed(Process server, Path folder, List<Long> pids) {
        void kill() throws InterruptedException {
            server.destroyForcibly();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }

        boolean hasNoSupervisor() {
            String mark = "HOME=" + folder;
            return ProcessTable.all()
                    .noneMatch(pid -> ProcessTable.environment(pid).stream().anyMatch(v -> v.startsWith(mark)));
        }
    }
}
