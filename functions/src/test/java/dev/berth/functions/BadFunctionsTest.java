package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Event;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While a bad function does what it does, a good one answers. */
final class BadFunctionsTest {
    @TempDir
    Path folder;

    private HostRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new HostRoom(folder, HostRoom.RULES);
        room.deploy("good", "exports.main = () => process.pid");
    }

    @AfterEach
    void close() {
        room.close();
        assertThat(room.runtime.running()).isEmpty();
        assertThat(room.door.open).isEmpty();
    }

    @Test
    @Tag("WT-68")
    @Tag("AD-83")
    void throwsBeforeMain() {
        room.deploy("bad", "const missing = require('not-there')\nexports.main = () => 1");

        Outcome outcome = invokeBesideGood("bad");

        assertThat(HostRoom.failed(outcome).error()).isEqualTo(FunctionError.EXECUTION_FAILED);
        assertThat(HostRoom.failed(outcome).message())
                .startsWith("Error: Cannot find module 'not-there'")
                .contains("Require stack:\n- /var/user/index.js\n", "(/var/user/index.js:1:")
                .doesNotContain(folder.toString());
        assertThat(outcome.log())
                .anyMatch(line -> line.startsWith("{\"errorCode\":1,\"errorMessage\":\"user code exception caught\""
                        + ",\"stackTrace\":\"Error: Cannot find module"))
                .noneMatch(line -> line.contains(folder.toString()));
        assertThat(states("bad")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "exports.main = 1", "module.exports = null", "exports.other = () => 1"})
    void exportsNothing(String code) {
        room.deploy("bad", code);

        assertThat(HostRoom.failed(invokeBesideGood("bad")).message()).contains("index.js exports no function main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"require('got')", "exports.main = () => require('got')"})
    void needsAPackageThatIsNotThere(String code) {
        room.deploy("bad", code);

        Outcome outcome = invokeBesideGood("bad");

        assertThat(HostRoom.failed(outcome).message()).startsWith("Error: Cannot find module 'got'");
        assertThat(outcome.log()).contains("[berth] got has to be in dependencies of the function's package.json");
    }

    @Test
    void isNoJavaScript() {
        room.deploy("bad", "exports.main = (");

        Outcome outcome = invokeBesideGood("bad");

        assertThat(HostRoom.failed(outcome).message()).contains("SyntaxError");
        assertThat(outcome.log()).isNotEmpty().noneMatch(line -> line.startsWith("REPORT"));
    }

    @Test
    @Tag("WT-68")
    @Tag("WT-69")
    @Tag("AD-83")
    void throwsWhileItRuns() {
        room.deploy("bad", "exports.main = ({ how }) => { const e = new TypeError('no ' + how); throw e }");

        Outcome outcome = room.invoke("bad", "{\"how\":\"way\"}");

        assertThat(HostRoom.failed(outcome).error().code()).isEqualTo(-504002);
        assertThat(HostRoom.failed(outcome).message())
                .startsWith("TypeError: no way\n    at ")
                .contains("(/var/user/index.js:1:");
        assertThat(outcome.log())
                .anyMatch(line -> line.startsWith("{\"errorCode\":1,\"errorMessage\":\"user code exception caught\""));
        assertThat(states("bad")).containsExactly(HostStatus.State.IDLE);
    }

    @Test
    void rejectsWithoutAnError() {
        room.deploy("bad", "exports.main = async () => { throw { code: 7 } }");

        Outcome outcome = invokeBesideGood("bad");

        assertThat(HostRoom.failed(outcome)).isEqualTo(new Failed(FunctionError.EXECUTION_FAILED, "{ code: 7 }"));
        assertThat(outcome.log()).anyMatch(line -> line.contains("user code exception caught"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "return new Promise(() => {})",
                "return new Promise((done) => setTimeout(done, 60000))"
            })
    @Tag("HO-54")
    @Tag("AD-83")
    @Tag("WT-69")
    void takesTooLong(String body) {
        room.deploy("bad", 1, "exports.main = () => { " + body + " }", HostRoom.settings(1, 256, 1));

        Outcome outcome = invokeBesideGood("bad");

        assertThat(HostRoom.failed(outcome))
                .isEqualTo(new Failed(FunctionError.TIMED_OUT, "Invoking task timed out after 1 seconds"));
        assertThat(outcome.duration()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(outcome.log())
                .contains(
                        "{\"errorCode\":-1,\"errorMessage\":\"Invoking task timed out after 1 seconds\",\"requestId\":\"%s\",\"statusCode\":433}"
                                .formatted(outcome.requestId()));
        await().untilAsserted(() -> assertThat(states("bad")).isEmpty());
        await().untilAsserted(() -> assertThat(kinds()).contains(Event.Kind.FUNCTION_HOST_KILLED));
    }

    @Test
    @Tag("HO-54")
    void neverLoads() throws IOException {
        room.close();
        room = new HostRoom(
                folder,
                new FunctionRules(
                        5, Duration.ofSeconds(60), Duration.ofSeconds(1), 0, Duration.ofMinutes(10), 1L << 30));
        room.deploy("bad", "while (true) {}");

        Outcome outcome = room.invoke("bad", "{}");

        assertThat(HostRoom.failed(outcome).error()).isEqualTo(FunctionError.EXECUTION_FAILED);
        assertThat(HostRoom.failed(outcome).message()).contains("was not loaded within 1 second");
        assertThat(room.runtime.running()).isEmpty();
        await().untilAsserted(() -> assertThat(kinds()).contains(Event.Kind.FUNCTION_HOST_FAILED));
    }

    @Test
    @Tag("HO-54")
    void mayLoadLongerThanItMayRun() {
        room.deploy(
                "slow",
                1,
                "const end = Date.now() + 1500; while (Date.now() < end) {}\nexports.main = () => 'loaded'",
                HostRoom.settings(1, 256, 1));

        assertThat(HostRoom.returned(room.invoke("slow", "{}"))).isEqualTo("\"loaded\"");
    }

    @Test
    void endsItsProcess() {
        room.deploy("bad", "exports.main = () => process.exit(3)");

        Outcome outcome = invokeBesideGood("bad");

        assertThat(HostRoom.failed(outcome))
                .isEqualTo(new Failed(
                        FunctionError.EXECUTION_FAILED,
                        "the function's process ended before the invocation was done: exit code 3"));
        assertThat(outcome.log())
                .anyMatch(line -> line.startsWith("{\"errorCode\":-1") && line.contains("exit code 3"));
        await().untilAsserted(() -> assertThat(states("bad")).isEmpty());
        await().untilAsserted(() -> assertThat(kinds()).contains(Event.Kind.FUNCTION_HOST_FAILED));
    }

    @Test
    void endsItsProcessAndLeavesAnotherBehind() {
        room.runtime.leftBehind = List.of("ffmpeg (process 4711)", "sleep (process 4712)");
        room.deploy("bad", "exports.main = () => process.exit(3)");

        invokeBesideGood("bad");

        await().untilAsserted(() -> assertThat(room.log("bad"))
                .anyMatch(line -> line.endsWith("[berth] the function's process ended (exit code 3), so ffmpeg (process"
                        + " 4711), sleep (process 4712), which the function had started, ended too"))
                .anyMatch(line ->
                        line.endsWith("[berth] → await child processes, or kill them, before the function returns")));
    }

    @Test
    void endsItsProcessWhileItLoads() {
        room.deploy("bad", "process.exit(4)");

        assertThat(HostRoom.failed(invokeBesideGood("bad")).message())
                .isEqualTo("the function's process ended while its code was loaded: exit code 4");
    }

    @Test
    void crashes() {
        room.deploy("bad", "exports.main = () => process.kill(process.pid, 'SIGSEGV')");

        assertThat(HostRoom.failed(invokeBesideGood("bad")).message())
                .isEqualTo("the function's process ended before the invocation was done: killed by SIGSEGV");
    }

    @Test
    @Tag("HO-55")
    void allocatesBuffersWithoutEnd() {
        room.deploy(
                "bad",
                1,
                "exports.main = async () => { const all = []; while (true) { all.push(Buffer.alloc(4 << 20, 1));"
                        + " await new Promise((done) => setTimeout(done, 10)) } }",
                HostRoom.settings(60, 128, 1));

        Outcome outcome = invokeBesideGood("bad");

        assertThat(HostRoom.failed(outcome).error()).isEqualTo(FunctionError.EXECUTION_FAILED);
        assertThat(HostRoom.failed(outcome).message())
                .matches(
                        "Memory limit exceeded: 128 MB \\(used [0-9]+ MB\\)\\. Use less, or set memorySize in config.json\\.");
        assertThat(outcome.memory()).isGreaterThan(128);
        await().untilAsserted(() -> assertThat(kinds()).contains(Event.Kind.FUNCTION_HOST_KILLED));
        await().untilAsserted(() -> assertThat(states("bad")).isEmpty());
    }

    @Test
    @Tag("HO-55")
    void fillsTheHeap() {
        room.deploy(
                "bad",
                1,
                "exports.main = () => { const all = []; while (true) all.push({ a: new Array(1000).fill(all.length) }) }",
                HostRoom.settings(60, 128, 1));

        assertThat(HostRoom.failed(invokeBesideGood("bad")).message()).startsWith("Memory limit exceeded: 128 MB (");
    }

    @Test
    @Tag("HO-55")
    void letsItsChildrenTakeTheMemory() {
        room.deploy(
                "bad",
                1,
                "exports.main = () => new Promise(() => require('child_process').spawn(process.execPath,"
                        + " ['-e', 'const b = Buffer.alloc(300 << 20, 1); setInterval(() => b, 1000)']))",
                HostRoom.settings(30, 256, 1));

        assertThat(HostRoom.failed(invokeBesideGood("bad")).message())
                .startsWith("Memory limit exceeded: 256 MB (used ");
        await().untilAsserted(() -> assertThat(states("bad")).isEmpty());
    }

    @Test
    void leavesProcessesBehindWhenItTakesTooLong() {
        room.deploy(
                "bad",
                1,
                "exports.main = () => { const c = require('child_process').spawn('sleep', ['600']);"
                        + " console.log(c.pid); return new Promise(() => {}) }",
                HostRoom.settings(1, 256, 1));

        Outcome outcome = invokeBesideGood("bad");

        long child = Long.parseLong(outcome.log().get(1).substring("[info] ".length()));
        assertThat(HostRoom.failed(outcome).error()).isEqualTo(FunctionError.TIMED_OUT);
        await().until(() -> !ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void floodsItsLog() {
        room.deploy(
                "bad",
                1,
                "exports.main = () => { const line = 'x'.repeat(1000); while (true) console.log(line) }",
                HostRoom.settings(2, 256, 1));

        Outcome outcome = invokeBesideGood("bad");

        assertThat(HostRoom.failed(outcome).error()).isEqualTo(FunctionError.TIMED_OUT);
        assertThat(room.log("bad").stream().mapToInt(String::length).sum()).isBetween(500_000, 3_000_000);
    }

    @Test
    void throwsLaterWhereNobodyCatches() {
        room.deploy("bad", "exports.main = () => new Promise(() => setTimeout(() => { throw new Error('late') }, 10))");

        assertThat(HostRoom.failed(invokeBesideGood("bad")).message()).startsWith("Error: late\n");
        await().untilAsserted(() -> assertThat(states("bad")).isEmpty());
    }

    @Test
    @Tag("HO-56")
    void takesTooLongBesideOthersInTheSameHost() {
        room.deploy("shared", 1, """
                const fs = require('fs')
                exports.main = ({ halfway }) => new Promise(() => setTimeout(() => halfway && fs.writeFileSync(halfway, ''), 500))
                """, HostRoom.settings(1, 256, 2));
        Path halfway = folder.resolve("halfway");

        CompletableFuture<Outcome> stuck =
                room.begin("shared", "{\"halfway\":%s}".formatted(RawJson.quoted(halfway.toString())));
        await().until(() -> Files.exists(halfway));
        CompletableFuture<Outcome> other = room.begin("shared", "{}");

        assertThat(HostRoom.failed(HostRoom.await(stuck)).error()).isEqualTo(FunctionError.TIMED_OUT);
        assertThat(HostRoom.failed(HostRoom.await(other)))
                .isEqualTo(
                        new Failed(
                                FunctionError.EXECUTION_FAILED,
                                "the function's process was killed because another invocation in it took longer than 1 second"));
        assertThat(room.runtime.started).hasSize(1);
    }

    /** The good one answers before, while and after. */
    private Outcome invokeBesideGood(String bad) {
        String pid = HostRoom.returned(room.invoke("good", "{}"));
        CompletableFuture<Outcome> running = room.begin(bad, "{}");
        do {
            assertThat(HostRoom.returned(room.invoke("good", "{}"))).isEqualTo(pid);
        } while (!running.isDone());
        return HostRoom.await(running);
    }

    private List<HostStatus.State> states(String function) {
        return room.invocations.hosts().stream()
                .filter(host -> host.version().function().name().equals(function))
                .map(HostStatus::state)
                .toList();
    }

    private List<Event.Kind> kinds() {
        return room.events.stream().map(Event::kind).toList();
    }
}
