package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server dies in ways that give it no chance to tidy up. */
class KilledServerTest extends RuntimeFixture {
    private static final String CHILDREN = "sleep 600 & echo $!; setsid sleep 600 & echo $!; exec node server.js";
    private static final String DEAF = "trap '' TERM; " + CHILDREN;
    private static final int MANY_FILES = 3000;

    private Path folder;

    @BeforeEach
    void placeOfTheOtherServer() throws IOException {
        folder = Files.createDirectory(temporary.resolve("doomed")).toRealPath();
    }

    @Test
    @Tag("HO-35")
    void nothingOutlivesAServerThatWasKilled() throws Exception {
        OtherServer doomed = running(CHILDREN);
        assertThat(doomed.pids()).hasSize(2).allMatch(RuntimeFixture::isRunning);

        doomed.kill();

        await().atMost(Duration.ofSeconds(9)).until(() -> doomed.remains().isEmpty());
        assertThat(doomed.pids()).noneMatch(RuntimeFixture::isRunning);
    }

    @Test
    void aProgramThatIgnoresSigtermGoesAfterTheGrace() throws Exception {
        OtherServer doomed = running(DEAF);

        doomed.kill();

        await().atMost(Duration.ofSeconds(30)).until(() -> doomed.remains().isEmpty());
        assertThat(doomed.pids()).noneMatch(RuntimeFixture::isRunning);
    }

    @Test
    void theNextServerRemovesWhatIsStillThere() throws Exception {
        OtherServer doomed = running(DEAF);
        doomed.kill();

        new ProcessRuntime(folder, PORTS).close();

        assertNothingRemains(doomed);
    }

    @Test
    void theNextServerRemovesWhatTheirSupervisorsCannot() throws Exception {
        OtherServer doomed = running(CHILDREN);
        List<ProcessHandle> supervisors =
                ProcessHandle.of(doomed.pid()).orElseThrow().children().toList();
        doomed.kill();
        supervisors.forEach(ProcessHandle::destroyForcibly);

        new ProcessRuntime(folder, PORTS).close();

        assertNothingRemains(doomed);
    }

    @Test
    void killedDuringStartsAndStops() throws Exception {
        OtherServer doomed = OtherServer.start(folder, files);
        doomed.order("start", "deaf", "sh", "-c", DEAF);
        doomed.hears("ready deaf");
        doomed.order("stop", "deaf", "60000");
        for (int i = 0; i < 8; i++) {
            doomed.order("start", "late-" + i, "sh", "-c", "setsid sleep 600 & sleep 600");
        }
        await().until(() -> foldersBelow("running").size() >= 4);

        doomed.kill();

        new ProcessRuntime(folder, PORTS).close();
        assertNothingRemains(doomed);
    }

    @Test
    void killedDuringACopyItLeavesNothingThatSlowsTheNextStart() throws Exception {
        for (int i = 0; i < MANY_FILES; i++) {
            write("file-" + i, "x");
        }
        OtherServer doomed = OtherServer.start(folder, files);
        doomed.order("prepare");
        doomed.order("start", "one", "node", "server.js");
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> !foldersBelow("prepared").isEmpty());

        doomed.kill();

        try (var next = OtherServer.start(folder, files)) {
            // Before anything has been removed from the disk, perhaps, but out of the way.
            assertThat(foldersBelow("running")).isEmpty();
            assertThat(foldersBelow("prepared")).isEmpty();
            next.order("start", "one", "node", "server.js");
            next.hears("ready one");
        }
        assertNothingRemains(doomed);
    }

    @Test
    void ctrlCDoesNotEndASupervisorNorTheProgram() throws Exception {
        OtherServer doomed = OtherServer.start(folder, files);
        doomed.order("start", "one", "node", "server.js");
        long program = Long.parseLong(doomed.hears("ready one").split(" ", -1)[2]);
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

    private OtherServer running(String script) throws IOException {
        OtherServer doomed = OtherServer.start(folder, files);
        doomed.order("start", "one", "sh", "-c", script);
        doomed.hears("ready one");
        await().until(() -> doomed.pids().size() == 2);
        return doomed;
    }

    private void assertNothingRemains(OtherServer doomed) throws IOException {
        assertThat(doomed.remains()).isEmpty();
        assertThat(doomed.pids()).noneMatch(RuntimeFixture::isRunning);
        for (String part : List.of("running", "prepared", "removing")) {
            assertThat(foldersBelow(part)).isEmpty();
        }
    }

    private List<Path> foldersBelow(String part) throws IOException {
        Path below = folder.resolve(part);
        if (!Files.exists(below)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(below)) {
            return entries.toList();
        }
    }
}
