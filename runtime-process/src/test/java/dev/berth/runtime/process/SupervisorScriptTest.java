package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script by itself, with every shell that is installed. */
class SupervisorScriptTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sh", "dash", "bash", "busybox sh"})
    void passesTheExitStatusOnAndAddsNoVariable(String shell) throws Exception {
        Process supervisor = start(shell, "env; exit 7");

        assertThat(supervisor.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(supervisor.exitValue()).isEqualTo(7);
        assertThat(supervisor.inputReader().lines().filter(line -> !line.matches("(PWD|OLDPWD|SHLVL|_)=.*")))
                .containsExactlyInAnyOrder("PATH=" + System.getenv("PATH"), "BERTH_INSTANCE=" + folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "dash", "bash", "busybox sh"})
    void theClosedPipeMeansSigterm(String shell) throws Exception {
        Process supervisor = start(shell, "trap 'echo asked; exit 3' TERM; echo up; while :; do sleep 0.05; done");
        var output = supervisor.inputReader();
        assertThat(output.readLine()).isEqualTo("up");

        supervisor.outputWriter().close();

        assertThat(output.readLine()).isEqualTo("asked");
        assertThat(supervisor.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(supervisor.exitValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "dash", "bash", "busybox sh"})
    void aLineSetsTheGrace(String shell) throws Exception {
        Process supervisor = start(shell, "trap '' TERM; sleep 600 & echo $!; wait; sleep 600");
        long child = Long.parseLong(supervisor.inputReader().readLine());

        try (var pipe = supervisor.outputWriter()) {
            pipe.write("stop 0.2\n");
        }

        assertThat(supervisor.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(supervisor.exitValue()).isEqualTo(137);
        await().until(() -> !RuntimeFixture.isRunning(child));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "dash", "bash", "busybox sh"})
    void withoutAServerItKillsWhatTheProgramLeft(String shell) throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Process supervisor = start(shell, "setsid sleep 600 >/dev/null 2>&1 & echo $!; sleep 0.3", gone.pid());
        long daemon = Long.parseLong(supervisor.inputReader().readLine());

        assertThat(supervisor.waitFor(20, TimeUnit.SECONDS)).isTrue();

        await().until(() -> !RuntimeFixture.isRunning(daemon));
    }

    private Process start(String shell, String program) throws IOException {
        return start(shell, program, ProcessHandle.current().pid());
    }

    private Process start(String shell, String program, long server) throws IOException {
        List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
        String path = System.getenv("PATH");
        assumeThat(Program.find(command.getFirst(), folder, path)).isPresent();
        command.addAll(List.of(
                script().toString(),
                folder.resolve("pid").toString(),
                Program.find("setsid", folder, path).orElseThrow().toString(),
                folder.toString(),
                String.valueOf(server),
                "sh",
                "-c",
                program));
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", path);
        return builder.start();
    }

    private Path script() throws IOException {
        try (InputStream script = Supervisor.class.getResourceAsStream("supervisor.sh")) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return Files.writeString(folder.resolve("supervisor.sh"), text);
        }
    }
}
