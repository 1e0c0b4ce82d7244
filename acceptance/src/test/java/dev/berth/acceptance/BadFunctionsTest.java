package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions that misbehave: the caller gets the documented error, the log says why, and the neighbours notice nothing. */
@Timeout(120)
class BadFunctionsTest {
    @RegisterExtension
    static final Platform platform = new Platform("echo");

    private static final Functions functions = new Functions(platform);

    /** @param logged what the function's log is to say */
    record Bad(String name, String source, int code, String message, String logged) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> bad() {
        return Stream.of(
                new Bad("throws-early", "throw new Error('at the top')", -504002, "at the top", "at the top"),
                new Bad("broken", "exports.main = (", -504002, "SyntaxError", "SyntaxError"),
                new Bad(
                        "needs",
                        "require('not-installed')",
                        -504002,
                        "Cannot find module 'not-installed'",
                        "not-installed"),
                new Bad("exports-nothing", "module.exports = {}", -504002, "main", "main"),
                new Bad(
                        "endless",
                        "exports.main = () => { while (true) {} }",
                        -504003,
                        "Invoking task timed out after 3 seconds",
                        "timed out"),
                new Bad(
                        "unsettled",
                        "exports.main = () => new Promise(() => setInterval(() => {}, 1000))",
                        -504003,
                        "Invoking task timed out after 3 seconds",
                        "timed out"),
                new Bad("exits", "exports.main = () => process.exit(7)", -504002, "7", "7"),
                new Bad(
                        "rejects",
                        "exports.main = async () => { throw new TypeError('later') }",
                        -504002,
                        "TypeError: later",
                        "later"),
                new Bad(
                        "circular",
                        "exports.main = () => { const a = {}; a.a = a; return a }",
                        -504002,
                        "circular",
                        "circular"),
                new Bad("too-much", "exports.main = () => 'x'.repeat(1024 * 1024 + 1)", -604001, "1MB", "1MB"),
                new Bad(
                        "heap",
                        "exports.main = () => { const all = []; while (true) all.push(new Array(100000).fill(1)) }",
                        -504002,
                        "",
                        ""),
                new Bad(
                        "buffers",
                        "exports.main = async () => { const all = []; while (true) { all.push(Buffer.alloc(8 << 20, 1)); await new Promise(r => setTimeout(r, 5)) } }",
                        -504002,
                        "emory",
                        "emory"),
                new Bad(
                        "forks",
                        "exports.main = () => new Promise(() => { for (let i = 0; i < 5; i++) require('child_process').spawn('sleep', ['34567'], { detached: true }) })",
                        -504003,
                        "timed out",
                        "timed out"));
    }

    @BeforeAll
    static void deploy() {
        functions.deploy(Folder.function("echo"));
        bad().forEach(one -> functions.deploy(one.name(), one.source()));
    }

    @ParameterizedTest
    @MethodSource("bad")
    @Tag("WT-69")
    @Tag("AD-83")
    void theCallerIsToldAndTheLogSaysWhy(Bad one) {
        AtomicBoolean over = new AtomicBoolean();
        List<JsonNode> neighbours = new ArrayList<>();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            CompletableFuture<Void> neighbour = CompletableFuture.runAsync(
                    () -> {
                        while (!over.get()) {
                            neighbours.add(functions.invokeAs("bob", "echo", "{\"n\":1}"));
                        }
                    },
                    thread);

            JsonNode answer = functions.invokeAs("alice", one.name(), "{}");

            over.set(true);
            neighbour.join();
            assertThat(answer.path("error").path("code").asInt())
                    .as(answer.toString())
                    .isEqualTo(one.code());
            assertThat(answer.path("error").path("message").asText()).contains(one.message());
        }
        assertThat(neighbours)
                .isNotEmpty()
                .allSatisfy(echoed -> assertThat(
                                echoed.path("result").path("event").path("n").asInt())
                        .as(echoed.toString())
                        .isEqualTo(1));
        assertThat(platform.berth("logs", one.name(), "-n", "1000").ok().out()).contains(one.logged());
    }

    @Test
    @Tag("HO-54")
    void nothingOfAKilledHostIsLeft() {
        functions.invokeAs("alice", "forks", "{}");
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(
                        () -> assertThat(Processes.running("sleep 34567")).isEmpty());
    }

    @Test
    void whatAFunctionLeavesBehindIsNamedWithWhatToDo() {
        functions.deploy(
                "leaves",
                "exports.main = () => { const child = require('child_process').spawn('sleep', ['34568'], { detached: true, stdio: 'ignore' });"
                        + " child.on('spawn', () => process.exit(3)); return new Promise(() => {}) }");
        functions.invokeAs("alice", "leaves", "{}");
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(
                        () -> assertThat(platform.berth("logs", "leaves").ok().out())
                                .containsPattern(
                                        "the function's process ended \\(exit code 3\\), so sleep \\(process \\d+\\), which")
                                .contains("→ await child processes"));
        assertThat(Processes.running("sleep 34568")).isEmpty();
    }

    @Test
    void aFloodOfLogLinesIsCutAndTheResultArrives() {
        functions.deploy(
                "floods",
                "exports.main = () => { for (let i = 0; i < 200000; i++) console.log('line ' + i + ' '.repeat(80)); return 'done' }");

        JsonNode answer = functions.invokeAs("alice", "floods", "{}");

        assertThat(answer.path("result").asText()).as(answer.toString()).isEqualTo("done");
    }

    @Test
    @Tag("HO-57")
    void anEventOfSixMegabytesIsRefused() {
        String event = "{\"text\":\"" + "x".repeat(6 << 20) + "\"}";

        JsonNode answer = functions.invokeAs("alice", "echo", event);

        assertThat(answer.path("error").path("code").asInt())
                .as(answer.toString())
                .isEqualTo(-501013);
    }

    @Test
    void thatTheCodeDoesNotLoadIsSaidWhenItIsDeployed() {
        Ran ran = platform.berth(
                "deploy",
                "--function",
                functions
                        .folder("unreadable", Map.of("index.js", "exports.main = (=> 1"))
                        .toString());

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("unreadable-001 deployed");
        assertThat(ran.err()).contains("its code does not load: SyntaxError");
    }

    @Test
    @Tag("HO-52")
    void aConfigThatIsNoJsonIsRefusedWithItsLine() {
        Ran ran = platform.berth(
                "deploy",
                "--function",
                functions
                        .folder(
                                "no-json",
                                Map.of("index.js", "exports.main = () => 1", "config.json", "{\n  \"timeout\": \n}"))
                        .toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err() + ran.out()).contains("config.json, line 3");
    }

    @Test
    @Tag("HO-53")
    void anUnknownApiInTheConfigIsSaidAndTheFunctionDeployed() {
        Ran ran = platform.berth(
                "deploy",
                "--function",
                functions
                        .folder(
                                "misspelt",
                                Map.of(
                                        "index.js",
                                        "exports.main = () => 1",
                                        "config.json",
                                        "{\"permissions\":{\"openapi\":[\"security.msgSecChek\"]}}"))
                        .toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("security.msgSecChek").contains("security.msgSecCheck");
    }

    @Test
    @Tag("HO-61")
    void aBadTimerIsRefusedWithWhatIsExpected() {
        Ran ran = platform.berth(
                "deploy",
                "--function",
                functions
                        .folder(
                                "bad-timer",
                                Map.of(
                                        "index.js",
                                        "exports.main = () => 1",
                                        "config.json",
                                        "{\"triggers\":[{\"name\":\"t\",\"type\":\"timer\",\"config\":\"*/5 * * * *\"}]}"))
                        .toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err() + ran.out()).contains("7");
    }

    @Test
    void aFunctionThatDoesNotExistIsSaidSo() {
        Ran ran = platform.berth("invoke", "nothing", "-d", "{}");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("nothing").contains("berth functions");
    }
}
