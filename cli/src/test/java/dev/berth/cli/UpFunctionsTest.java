package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.server.ServerLog;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth up} with functions, on a server of its own and real hosts. */
@Timeout(120)
class UpFunctionsTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private CompletableFuture<Integer> up = CompletableFuture.completedFuture(ExitCode.OK);

    @AfterEach
    void down() throws Exception {
        if (!up.isDone()) {
            api().post(ApiPath.of("shutdown"), Json.object());
            up.get(60, TimeUnit.SECONDS);
        }
        ServerLog.close();
    }

    @Test
    void deploysThemAndSaysHowToCallThem() throws Exception {
        function("sum", "exports.main = async (event) => ({ sum: event.a + event.b })");
        function("bad", "exports.main = async (event) => event");
        Files.writeString(folder.resolve("cloudfunctions/bad/config.json"), "{");
        up("cloudfunctions");

        assertThat(printed(out))
                .contains("sum-001 deployed", "Deploys on save:    cloudfunctions")
                .contains("Not deployed: some of cloudfunctions (why is said above).");
        assertThat(printed(err)).contains("error: bad: ", "Not deployed: bad");
        assertThat(invoke("sum", "{\"a\":1,\"b\":2}")).isEqualTo("{\"sum\":3}\n");
    }

    @Test
    void deploysAgainWhatWasSaved() throws Exception {
        function("sum", "exports.main = async () => 'first'");
        up("cloudfunctions");
        assertThat(printed(out)).contains("Call from a shell:  ./berth invoke sum -d '{}' --as alice");
        assertThat(invoke("sum", "{}")).isEqualTo("\"first\"\n");

        function("sum", "exports.main = async () => 'second'");
        await().atMost(Duration.ofSeconds(30)).until(() -> printed(out).contains("↻ sum-002 deployed ("));
        assertThat(invoke("sum", "{}")).isEqualTo("\"second\"\n");
    }

    @Test
    void leavesThemAloneIfAsked() throws Exception {
        function("sum", "exports.main = async () => 'first'");
        up("--no-watch", "cloudfunctions");
        assertThat(printed(out)).contains("sum-001 deployed").doesNotContain("Deploys on save");
    }

    @Test
    void deploysIntoAnEnvironmentThatTheProjectNames() throws Exception {
        function("sum", "exports.main = async () => 'first'");
        up("--env", "cloud1-x", "cloudfunctions");
        assertThat(printed(out))
                .contains("for app wx1111111111111111, env cloud1-x")
                .contains("Call from a shell:  ./berth invoke sum -d '{}' --as alice --env cloud1-x")
                .contains("Deploy your own:    ./berth deploy PATH --env cloud1-x");

        function("sum", "exports.main = async () => 'second'");
        await().atMost(Duration.ofSeconds(30)).until(() -> printed(out).contains("↻ sum-002 deployed ("));
        assertThat(Typed.in(folder, "invoke", "sum", "--as", "alice", "-e", "cloud1-x")
                        .out())
                .isEqualTo("\"second\"\n");
        assertThat(Typed.in(folder, "invoke", "sum").exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void anEnvironmentIdThatCannotBeIsRefusedBeforeAnythingStarts() {
        for (String mode : List.of("--json", "--detach")) {
            Typed typed = Typed.in(folder, "up", mode, "--env", "Cloud 1", "cloudfunctions");
            assertThat(typed.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(typed.err()).contains("--env: environment id: Cloud 1 (expected: lower-case", "berth up --env");
        }
        assertThat(folder.resolve(".berth")).doesNotExist();
    }

    private void up(String... arguments) {
        List<String> command = new ArrayList<>(List.of("up"));
        command.addAll(List.of(arguments));
        Shell shell = shell();
        up = CompletableFuture.supplyAsync(
                () -> Main.run(shell, command.toArray(String[]::new)),
                task -> Thread.ofPlatform().name("up").start(task));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> up.isDone() || printed(out).contains("everything that runs here."));
        assertThat(up).as(printed(err)).isNotDone();
    }

    private Shell shell() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("BERTH_DATA", folder.resolve(".berth").toString());
        for (String door : List.of("GATEWAY", "MANAGEMENT", "INWARD", "SIMULATOR")) {
            environment.put("BERTH_" + door + "_PORT", "0");
        }
        return new Shell(
                folder,
                environment,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private ManagementApi api() {
        return new ManagementApi(RunningServer.require(shell()), new Http());
    }

    private String invoke(String function, String event) {
        Typed typed = Typed.in(folder, "invoke", function, "-d", event, "--as", "alice");
        assertThat(typed.err()).isEmpty();
        return typed.out();
    }

    private void function(String name, String code) throws Exception {
        Path function = Files.createDirectories(folder.resolve("cloudfunctions").resolve(name));
        Files.writeString(function.resolve("index.js"), code);
    }

    private static String printed(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
