package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.BerthException;
import dev.berth.core.Event;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.FunctionVersion;
import dev.berth.core.Origin;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostPoolTest {
    private static final String PID = "exports.main = () => process.pid";

    @TempDir
    Path folder;

    private HostRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new HostRoom(folder, HostRoom.RULES);
    }

    private void open(FunctionRules rules) throws IOException {
        room.close();
        room = new HostRoom(folder, rules);
    }

    @AfterEach
    void close() {
        room.close();
        assertThat(room.runtime.running()).isEmpty();
        assertThat(room.door.open).isEmpty();
        assertThat(room.invocations.hosts()).isEmpty();
    }

    @Test
    @Tag("HO-56")
    void givesEachInvocationAHostOfItsOwnAndUsesHostsAgain() {
        room.deploy("f", 1, Waiting.CODE, HostRoom.settings(60, 256, 1));

        List<Waiting> waiting = begin("f", 3);
        Set<String> first = pids(waiting);
        assertThat(first).hasSize(3);
        await().untilAsserted(() ->
                assertThat(room.states()).containsOnly(HostStatus.State.IDLE).hasSize(3));
        List<Waiting> again = begin("f", 3);

        assertThat(pids(again)).isEqualTo(first);
        assertThat(room.runtime.started).hasSize(3);
    }

    @Test
    @Tag("HO-56")
    void refusesAtOnceWhatIsTooMuchAtATime() {
        room.deploy("f", 1, Waiting.CODE, HostRoom.settings(60, 256, 1));
        room.deploy("other", PID);
        List<Waiting> waiting = begin("f", 5);

        Outcome sixth = room.invoke("f", "{}");

        assertThat(HostRoom.failed(sixth))
                .isEqualTo(new Failed(
                        FunctionError.TOO_MANY,
                        "exceed concurrent request limit: 5 invocations of f are running (expected: at most 5)"));
        assertThat(sixth.total()).isLessThan(Duration.ofSeconds(1));
        HostRoom.returned(room.invoke("other", "{}"));
        assertThat(pids(waiting)).hasSize(5);
        HostRoom.returned(HostRoom.await(begin("f")));
    }

    @Test
    @Tag("HO-56")
    void runsSeveralInvocationsInOneHostIfTheFunctionAsksForIt() {
        room.deploy("f", 1, Waiting.CODE, HostRoom.settings(60, 256, 2));

        assertThat(pids(begin("f", 4))).hasSize(2);
        assertThat(room.runtime.started).hasSize(2);
    }

    @Test
    void prefersTheHostThatWasUsedLast() {
        room.deploy("f", 1, Waiting.CODE, HostRoom.settings(60, 256, 1));
        Waiting one = begin("f", 1).getFirst();
        Waiting two = begin("f", 1).getFirst();
        String last = pid(one);
        String first = pid(two);
        assertThat(first).isNotEqualTo(last);

        for (int i = 0; i < 5; i++) {
            assertThat(pid(begin("f", 1).getFirst())).isEqualTo(first);
        }
    }

    @Test
    void handsAHostThatBecomesFreeToWhoeverWaitsForAStart() {
        room.deploy("f", 1, Waiting.CODE, HostRoom.settings(60, 256, 1));
        Waiting running = begin("f", 1).getFirst();
        CountDownLatch startsMayGoOn = new CountDownLatch(1);
        room.runtime.beforeStart = _ -> awaitLatch(startsMayGoOn);

        Waiting second = new Waiting(folder);
        CompletableFuture<Outcome> outcome = room.begin("f", second.event());
        await().until(() -> room.door.admitted.size() == 2);
        String pid = pid(running);
        second.release();

        assertThat(HostRoom.returned(HostRoom.await(outcome))).contains(pid);
        assertThat(outcome.join().cold()).isFalse();
        startsMayGoOn.countDown();
        await().until(() -> room.states().equals(List.of(HostStatus.State.WARM, HostStatus.State.IDLE)));
    }

    @Test
    void keepsAWarmHostThatNobodyHasUsed() throws IOException {
        open(rules(1, Duration.ofMinutes(10), 1L << 30));
        FunctionVersion version = room.deploy("f", "const at = Date.now(); exports.main = () => process.pid");

        room.invocations.released(version.id().function());
        await().until(() -> room.states().equals(List.of(HostStatus.State.WARM)));
        Outcome first = room.invoke("f", "{}");

        assertThat(first.cold()).isFalse();
        await().until(() -> room.states().equals(List.of(HostStatus.State.WARM, HostStatus.State.IDLE)));
        for (int i = 0; i < 5; i++) {
            assertThat(HostRoom.returned(room.invoke("f", "{}"))).isEqualTo(HostRoom.returned(first));
        }
        assertThat(room.states()).isEqualTo(List.of(HostStatus.State.WARM, HostStatus.State.IDLE));
        assertThat(room.runtime.started).hasSize(2);
    }

    @Test
    void warmsAHostAfterAColdStartToo() throws IOException {
        open(rules(2, Duration.ofMinutes(10), 1L << 30));
        room.deploy("f", PID);

        assertThat(room.invoke("f", "{}").cold()).isTrue();

        await().until(() ->
                room.states().equals(List.of(HostStatus.State.WARM, HostStatus.State.WARM, HostStatus.State.IDLE)));
    }

    @Test
    void letsHostsGoThatNobodyUsesForLong() throws IOException {
        open(rules(1, Duration.ofMillis(700), 1L << 30));
        FunctionVersion version = room.deploy("f", PID);
        room.invocations.released(version.id().function());
        HostRoom.returned(room.invoke("f", "{}"));

        await().until(() -> room.runtime.started.size() == 2);
        await().untilAsserted(() -> assertThat(room.invocations.hosts()).isEmpty());
        await().untilAsserted(() -> assertThat(room.runtime.running()).isEmpty());
        assertThat(room.invoke("f", "{}").cold()).isTrue();
    }

    @Test
    void keepsIdleHostsWithinTheirMemoryAndLetsTheLeastRecentlyUsedGo() throws IOException {
        open(rules(0, Duration.ofMinutes(10), 150L << 20));
        room.deploy("old", PID);
        room.deploy("large", "const b = Buffer.alloc(80 << 20, 1); exports.main = () => b.length");
        room.invoke("old", "{}");

        room.invoke("large", "{}");

        await().untilAsserted(() -> assertThat(room.invocations.hosts())
                .singleElement()
                .satisfies(host -> assertThat(host.version().function().name()).isEqualTo("large"))
                .satisfies(host -> assertThat(host.memory()).isGreaterThan(80L << 20)));
        room.invoke("old", "{}");
        await().untilAsserted(() -> assertThat(room.invocations.hosts())
                .singleElement()
                .satisfies(host -> assertThat(host.version().function().name()).isEqualTo("old")));
    }

    @Test
    void warmsNothingBeyondTheMemory() throws IOException {
        open(rules(1, Duration.ofMinutes(10), 0));
        FunctionVersion version = room.deploy("f", PID);
        room.invocations.released(version.id().function());
        await().until(() -> room.runtime.started.size() == 1);

        await().untilAsserted(() -> assertThat(room.invocations.hosts()).isEmpty());
        room.invocations.released(version.id().function());
        assertThat(room.invoke("f", "{}").cold()).isTrue();
        await().untilAsserted(() -> assertThat(room.invocations.hosts()).isEmpty());
        assertThat(room.runtime.started).hasSize(2);
    }

    @Test
    @Tag("AD-34")
    void tellsNobodyWhoCameBefore() {
        room.deploy(
                "who",
                "exports.main = () => { const was = process.env.SECRET; process.env.SECRET = process.env.WX_OPENID;"
                        + " return [was ?? null, process.env.WX_OPENID ?? null, process.env.WX_API_TOKEN ?? null, process.pid] }");

        String alice = HostRoom.returned(room.invoke("who", "{}"));
        String nobody = HostRoom.returned(HostRoom.await(room.begin("who", "{}", Origin.operator())));

        assertThat(alice).startsWith("[null,\"oALICE\",\"");
        assertThat(nobody).startsWith("[null,null,null,").endsWith(alice.substring(alice.lastIndexOf(',')));
    }

    @Test
    void finishesWhatAnOldVersionRuns() throws IOException {
        open(rules(1, Duration.ofMinutes(10), 1L << 30));
        FunctionVersion old = room.deploy("f", 1, Waiting.CODE, HostRoom.settings(60, 256, 1));
        room.invocations.released(old.id().function());
        await().until(() -> room.states().equals(List.of(HostStatus.State.WARM)));
        Waiting running = begin("f", 1).getFirst();
        await().until(() -> room.runtime.started.size() == 2);
        FunctionVersion current = room.deploy("f", 2, "exports.main = () => 'new'", HostRoom.settings(60, 256, 1));
        room.invocations.released(current.id().function());

        assertThat(HostRoom.returned(room.invoke("f", "{}"))).isEqualTo("\"new\"");
        await().untilAsserted(() -> assertThat(hostsOf(old))
                .singleElement()
                .satisfies(host -> assertThat(host.state()).isEqualTo(HostStatus.State.BUSY)));
        running.release();

        assertThat(HostRoom.returned(HostRoom.await(running.outcome()))).contains("pid");
        await().untilAsserted(() -> assertThat(hostsOf(old)).isEmpty());
        await().untilAsserted(() -> assertThat(hostsOf(current)).hasSize(2));
    }

    @Test
    void comesBackToAnOlderVersion() {
        FunctionVersion old = room.deploy("f", 1, "exports.main = () => 'old'", HostRoom.settings(3, 256, 1));
        room.invoke("f", "{}");
        room.deploy("f", 2, "exports.main = () => 'new'", HostRoom.settings(3, 256, 1));

        assertThat(HostRoom.returned(room.invoke("f", "{}"))).isEqualTo("\"new\"");
        await().untilAsserted(() -> assertThat(hostsOf(old)).isEmpty());
        room.live(old);

        assertThat(HostRoom.returned(room.invoke("f", "{}"))).isEqualTo("\"old\"");
        await().untilAsserted(() -> assertThat(room.invocations.hosts()).hasSize(1));
    }

    @Test
    void keepsCompiledCodeOfModulesForAsLongAsTheVersionIsUsed() throws IOException {
        Path modules = Files.createDirectories(folder.resolve("versions/f-001/node_modules/dep"));
        Files.writeString(modules.resolve("index.js"), "exports.answer = () => 42");
        FunctionVersion old = room.deploy("f", 1, "exports.main = require('dep').answer", HostRoom.settings(3, 256, 1));
        Path compiled = folder.resolve("scripts/compiled/prod-01/f-001");

        assertThat(HostRoom.returned(room.invoke("f", "{}"))).isEqualTo("42");
        await().untilAsserted(() -> assertThat(compiled).isNotEmptyDirectory());
        room.runtime.started.getFirst().process.destroyForcibly();
        await().untilAsserted(() -> assertThat(room.invocations.hosts()).isEmpty());
        assertThat(HostRoom.returned(room.invoke("f", "{}"))).isEqualTo("42");
        room.remove("f");
        room.invocations.released(old.id().function());

        await().untilAsserted(() -> assertThat(compiled).doesNotExist());
    }

    @Test
    void letsTheHostsOfARemovedFunctionGo() {
        FunctionVersion version = room.deploy("f", PID);
        room.invoke("f", "{}");
        room.remove("f");

        room.invocations.released(version.id().function());

        await().untilAsserted(() -> assertThat(room.runtime.running()).isEmpty());
        await().untilAsserted(() -> assertThat(openLogs()).isEmpty());
        assertThat(HostRoom.failed(room.invoke("f", "{}")).error()).isEqualTo(FunctionError.UNKNOWN);
    }

    @Test
    void replacesAHostThatWasKilledWhileItWasIdle() {
        room.deploy("f", PID);
        room.invoke("f", "{}");

        room.runtime.started.getFirst().process.destroyForcibly();

        await().untilAsserted(() -> assertThat(room.invocations.hosts()).isEmpty());
        assertThat(room.invoke("f", "{}").cold()).isTrue();
        assertThat(kinds()).contains(Event.Kind.FUNCTION_HOST_FAILED);
        assertThat(room.log("f")).anyMatch(line -> line.endsWith("[berth] ended by itself: killed by SIGKILL"));
    }

    @Test
    void tellsAboutAHostThatWasKilledWhileItRan() {
        room.deploy("f", 1, Waiting.CODE, HostRoom.settings(60, 256, 1));
        Waiting running = begin("f", 1).getFirst();

        room.runtime.started.getFirst().process.destroyForcibly();

        assertThat(HostRoom.failed(HostRoom.await(running.outcome())))
                .isEqualTo(new Failed(
                        FunctionError.EXECUTION_FAILED,
                        "the function's process ended before the invocation was done: killed by SIGKILL"));
        assertThat(pids(begin("f", 1))).hasSize(1);
    }

    @Test
    void endsWhatRunsWhenTheServerStops() {
        room.deploy("f", 1, Waiting.CODE, HostRoom.settings(60, 256, 1));
        room.deploy("loading", "while (true) {}");
        List<Waiting> running = begin("f", 2);
        CompletableFuture<Outcome> loading = room.begin("loading", "{}");
        await().until(() -> room.states().contains(HostStatus.State.STARTING));

        room.invocations.close();

        Failed stopping = new Failed(FunctionError.PLATFORM_FAILED, "resource system error: the server stops");
        for (Waiting one : running) {
            assertThat(HostRoom.failed(HostRoom.await(one.outcome()))).isEqualTo(stopping);
        }
        assertThat(HostRoom.failed(HostRoom.await(loading))).isEqualTo(stopping);
        assertThat(room.runtime.running()).isEmpty();
        assertThat(HostRoom.failed(room.invoke("f", "{}"))).isEqualTo(stopping);
        room.deploy("never", PID);
        assertThat(HostRoom.failed(room.invoke("never", "{}"))).isEqualTo(stopping);
        room.invocations.released(HostRoom.id("f"));
        assertThat(room.runtime.started).hasSize(3);
    }

    @Test
    void tellsWhyNoHostCouldBeStarted() {
        room.deploy("f", PID);
        room.runtime.beforeStart = _ -> {
            throw new BerthException(new Problem("START_FAILED", "test", "no memory", "Buy some."));
        };

        Outcome outcome = room.invoke("f", "{}");

        assertThat(HostRoom.failed(outcome))
                .isEqualTo(new Failed(
                        FunctionError.PLATFORM_FAILED,
                        "resource system error: no host for the function: no memory. Buy some."));
        assertThat(kinds()).containsExactly(Event.Kind.FUNCTION_HOST_FAILED);
        assertThat(room.door.open).isEmpty();
        room.runtime.beforeStart = _ -> {};
        HostRoom.returned(room.invoke("f", "{}"));
    }

    @Test
    void doesNotSpinWhenHostsFailToLoad() throws IOException {
        open(rules(1, Duration.ofMinutes(10), 1L << 30));
        FunctionVersion version = room.deploy("f", "throw new Error('broken')");
        room.invocations.released(version.id().function());
        await().until(() -> kinds().contains(Event.Kind.FUNCTION_HOST_FAILED));
        await().until(() -> room.runtime.running().isEmpty());

        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outcomes.add(room.invoke("f", "{}"));
        }

        assertThat(outcomes)
                .allSatisfy(outcome ->
                        assertThat(HostRoom.failed(outcome).message()).startsWith("Error: broken\n"));
        assertThat(HostRoom.failed(outcomes.getLast()).message()).contains("in a row; the next start is tried in");
        assertThat(room.runtime.started).hasSizeLessThan(6);
        FunctionVersion mended = room.deploy("f", 2, PID, HostRoom.settings(3, 256, 1));
        room.invocations.released(mended.id().function());
        HostRoom.returned(room.invoke("f", "{}"));
    }

    @Test
    void failsEveryoneWhoWaitedForStartsThatFailed() {
        room.deploy("f", "throw new Error('broken')");

        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            outcomes.add(room.begin("f", "{}"));
        }

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(
                                HostRoom.failed(HostRoom.await(outcome)).message())
                        .startsWith("Error: broken\n"));
        await().untilAsserted(() -> assertThat(room.runtime.running()).isEmpty());
    }

    private static FunctionRules rules(int warm, Duration keepIdle, long idleMemory) {
        return new FunctionRules(5, Duration.ofSeconds(60), Duration.ofSeconds(15), warm, keepIdle, idleMemory);
    }

    /** Of a function that {@linkplain Waiting waits}; returns when all run. */
    private List<Waiting> begin(String function, int count) {
        List<Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Waiting one = new Waiting(folder);
            one.begin(room, function);
            waiting.add(one);
        }
        waiting.forEach(Waiting::awaitBegun);
        return waiting;
    }

    private CompletableFuture<Outcome> begin(String function) {
        Waiting one = new Waiting(folder);
        one.release();
        return room.begin(function, one.event());
    }

    private static Set<String> pids(List<Waiting> waiting) {
        return waiting.stream().map(HostPoolTest::pid).collect(Collectors.toSet());
    }

    private static String pid(Waiting waiting) {
        waiting.release();
        return HostRoom.returned(HostRoom.await(waiting.outcome()));
    }

    private List<HostStatus> hostsOf(FunctionVersion version) {
        return room.invocations.hosts().stream()
                .filter(host -> host.version().equals(version.id()))
                .toList();
    }

    private List<Event.Kind> kinds() {
        return room.events.stream().map(Event::kind).toList();
    }

    /** That this process holds open. */
    private List<String> openLogs() throws IOException {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException closed) {
                    assertThat(closed).isInstanceOf(NoSuchFileException.class);
                }
            }
        }
        return open.stream()
                .filter(file -> file.startsWith(folder.resolve("logs").toString()))
                .toList();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
