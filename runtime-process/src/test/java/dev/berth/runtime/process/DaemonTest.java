package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.InstanceRuntime.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that leave their session, their parent, their terminal, and what else daemons leave. */
class DaemonTest extends RuntimeFixture {
    private static final String DETACHED_BY_NODE = "node -e 'const c = require(`child_process`).spawn(`sleep`, [`600`],"
            + " {detached: true, stdio: `ignore`}); console.log(c.pid); c.unref()'";
    /** As daemon(7) has it; prints the pid of the grandchild. */
    private static final String DOUBLE_FORK = """
            python3 -c "import os
            if os.fork() == 0:
                os.setsid()
                pid = os.fork()
                if pid == 0: os.chdir('/'); os.execvp('sleep', ['sleep', '600'])
                print(pid, flush=True); os._exit(0)
            os.wait()"
            """;
    /** As nginx and Redis, which write their title over their environment, and stay where they are. */
    private static final String WITHOUT_ENVIRONMENT = """
            python3 -c "import os
            if os.fork() == 0:
                os.setsid()
                pid = os.fork()
                if pid == 0: os.execve('/bin/sleep', ['sleep', '600'], {})
                print(pid, flush=True); os._exit(0)
            os.wait()"
            """;

    @Tag("HO-35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "setsid sleep 600 & echo $!",
                "nohup sleep 600 >/dev/null 2>&1 & echo $!",
                "(setsid sh -c 'trap \"\" TERM; echo $$; sleep 600; sleep 600' &)",
                DETACHED_BY_NODE,
                DOUBLE_FORK,
                WITHOUT_ENVIRONMENT
            })
    void aStopLeavesNoDaemon(String daemon) throws Exception {
        Instance instance = runtime.start(request("sh", "-c", daemon + "\n exec node server.js"));
        await().until(() -> pids().size() == 1);
        assertThat(pids()).allMatch(RuntimeFixture::isRunning);

        instance.stop(Duration.ofSeconds(5));
        ended(instance);

        assertThat(pids()).noneMatch(RuntimeFixture::isRunning);
    }

    @Test
    void aSupervisorThatIsKilledLeavesNoDaemon() throws Exception {
        Instance instance = runtime.start(request("sh", "-c", DOUBLE_FORK + "\n exec node server.js"));
        await().until(() -> pids().size() == 1);
        ProcessHandle supervisor =
                ProcessHandle.of(instance.pid()).flatMap(ProcessHandle::parent).orElseThrow();

        supervisor.destroyForcibly();
        ended(instance);

        assertThat(pids()).noneMatch(RuntimeFixture::isRunning);
        assertThat(isRunning(instance.pid())).isFalse();
    }

    @Test
    void aProgramThatGoesToTheBackgroundIsTold() throws IOException {
        write("start.sh", "setsid node server.js & sleep 600 & echo gone");

        BerthException failure =
                catchThrowableOfType(BerthException.class, () -> runtime.start(request("sh", "start.sh")));

        assertThat(failure.problem().code()).isEqualTo("EXITED_BEFORE_READY");
        assertThat(failure.problem().message())
                .contains("exit code 0", " (process ", "in the background; an instance ends with its program");
        assertThat(failure.problem().hint()).contains("foreground", "daemon off;");
    }

    @Test
    void theInstanceEndsWithItsProgramEvenIfItsServerLives() throws Exception {
        write(
                "brief.js",
                "require('child_process').spawn('node', ['server.js'], {detached: true, stdio: 'ignore'})"
                        + ".unref(); process.stdin.resume(); setTimeout(() => process.exit(0), 3000)");
        Instance instance = runtime.start(request("node", "brief.js"));
        assertThat(get(instance, "/")).contains("cwd");

        Exit exit = instance.exited().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(exit.description()).isEqualTo("exit code 0");
        assertThat(exit.leftBehind()).singleElement().asString().matches("node \\(process \\d+\\)");
    }

    @Test
    void whatEndsBecauseTheInstanceIsStoppedWasNotLeftBehind() throws Exception {
        Instance instance = runtime.start(request("sh", "-c", "setsid sleep 600 & exec node server.js"));
        instance.stop(Duration.ofSeconds(5));
        Exit exit = instance.exited().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(exit.leftBehind()).isEmpty();
    }

    @Test
    void aServerInASessionOfItsOwnIsTheInstance() {
        Instance instance = runtime.start(request("sh", "-c", "setsid node server.js & wait"));

        assertThat(get(instance, "/")).contains("cwd");
    }

    @Test
    void aPersonWhoLooksIntoTheFolderLives() throws Exception {
        Instance instance = runtime.start(request("node", "server.js"));
        Path folder = instances.resolve("running/instance-1/files");
        Process person =
                new ProcessBuilder("sleep", "600").directory(folder.toFile()).start();
        try {
            instance.stop(Duration.ofSeconds(5));
            ended(instance);

            assertThat(person.isAlive()).isTrue();
        } finally {
            person.destroyForcibly().waitFor();
        }
    }

    private static String ended(Instance instance) throws Exception {
        return instance.exited().toCompletableFuture().get(20, TimeUnit.SECONDS).description();
    }

    private List<Long> pids() {
        return log.stream()
                .filter(line -> line.matches("\\d+"))
                .map(Long::valueOf)
                .toList();
    }
}
