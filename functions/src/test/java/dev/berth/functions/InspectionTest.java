package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Invocation;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectionTest {
    @TempDir
    Path folder;

    private HostRoom room;
    private final CompletableFuture<String> url = new CompletableFuture<>();

    @BeforeEach
    void open() throws IOException {
        room = new HostRoom(folder, HostRoom.RULES);
    }

    @AfterEach
    void close() {
        room.close();
        assertThat(room.runtime.running()).isEmpty();
        assertThat(room.door.open).isEmpty();
    }

    @Test
    void waitsForADebuggerAndThenTakesItsTime() {
        room.deploy(
                "slow",
                1,
                "exports.main = () => new Promise((done) => setTimeout(() => done(process.pid), 1500))",
                HostRoom.settings(1, 256, 1));

        try (Inspection inspection = inspect("slow")) {
            Outcome outcome = debugged(inspection);

            assertThat(HostRoom.returned(outcome)).isNotEmpty();
            assertThat(outcome.log().getFirst()).startsWith("START slow-001 on slow-001-");
            assertThat(room.invocations.hosts()).isEmpty();
            await().until(() -> room.runtime.running().isEmpty());
        }
    }

    @Test
    void isCancelledWhileItWaitsForADebugger() {
        room.deploy("f", "exports.main = () => 1");
        Inspection inspection = inspect("f");
        assertThat(url.orTimeout(30, TimeUnit.SECONDS).join()).startsWith("ws://127.0.0.1:");

        inspection.close();

        assertThat(HostRoom.failed(outcome(inspection)))
                .isEqualTo(new Failed(
                        FunctionError.PLATFORM_FAILED, "resource system error: the inspection was cancelled"));
        await().until(() -> room.runtime.running().isEmpty());
    }

    @Test
    void aPortThatIsTakenIsToldWithWhatToDo() throws IOException {
        room.deploy("f", "console.log('loads')\nexports.main = () => 1");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int port = taken.getLocalPort();

            assertThat(HostRoom.failed(outcome(inspect("f", port))))
                    .satisfies(failed -> assertThat(failed.error()).isEqualTo(FunctionError.PLATFORM_FAILED))
                    .satisfies(failed -> assertThat(failed.message())
                            .startsWith("resource system error: port %d is taken, by ".formatted(port))
                            .contains("--inspect 0 "));
        }
        assertThat(room.log("f")).noneMatch(line -> line.endsWith("loads"));
        await().until(() -> room.runtime.running().isEmpty());
    }

    @Test
    void endsWithTheServer() {
        room.deploy("f", "exports.main = () => 1");
        Inspection inspection = inspect("f");
        url.orTimeout(30, TimeUnit.SECONDS).join();

        room.invocations.close();

        assertThat(HostRoom.failed(outcome(inspection)).error()).isEqualTo(FunctionError.PLATFORM_FAILED);
        assertThat(HostRoom.failed(outcome(inspect("f"))).error()).isEqualTo(FunctionError.PLATFORM_FAILED);
    }

    private Inspection inspect(String function) {
        return inspect(function, 0);
    }

    private Inspection inspect(String function, int port) {
        return room.invocations.inspect(
                new Invocation(HostRoom.id(function), "{}", Map.of(), Origin.operator(), true), port, url::complete);
    }

    private static Outcome outcome(Inspection inspection) {
        return HostRoom.await(inspection.outcome().toCompletableFuture());
    }

    /** By a debugger that lets the program run. */
    private Outcome debugged(Inspection inspection) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket debugger = client.newWebSocketBuilder()
                    .buildAsync(URI.create(url.orTimeout(30, TimeUnit.SECONDS).join()), new WebSocket.Listener() {})
                    .join();
            debugger.sendText("{\"id\":1,\"method\":\"Runtime.runIfWaitingForDebugger\"}", true)
                    .join();
            Outcome outcome = outcome(inspection);
            debugger.abort();
            return outcome;
        }
    }
}
