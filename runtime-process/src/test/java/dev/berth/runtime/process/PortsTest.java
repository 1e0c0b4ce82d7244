package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who gets which port, with others on the machine who want it too. */
class PortsTest extends RuntimeFixture {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    /** Below the ephemeral range, and not in that of the other tests. */
    private static final int FIRST = 19_000;

    @Test
    void anExhaustedRangeIsTold() {
        PortRange range = freeRange(2);
        try (var small = new ProcessRuntime(temporary.resolve("small"), range)) {
            Instance first = small.start(request("node", "server.js"));
            small.start(request("node", "server.js"));

            BerthException failure =
                    catchThrowableOfType(BerthException.class, () -> small.start(request("node", "server.js")));
            assertThat(failure.problem().code()).isEqualTo("PORTS_EXHAUSTED");
            assertThat(failure.problem().message()).isEqualTo("none of the 2 ports %s is free".formatted(range));
            assertThat(failure.problem().hint()).contains("stop some instances", "widen the range");

            first.stop(Duration.ofSeconds(5));
            first.exited().toCompletableFuture().join();
            assertThat(get(small.start(request("node", "server.js")), "/")).contains("cwd");
        }
    }

    @Test
    void twoServersShareARange() {
        PortRange range = freeRange(12);
        try (var other = new ProcessRuntime(temporary.resolve("other"), range);
                var mine = new ProcessRuntime(temporary.resolve("mine"), range)) {
            List<CompletableFuture<Instance>> starting = Stream.of(mine, other, mine, other, mine, other)
                    .map(server -> {
                        Request request = request("node", "server.js");
                        return CompletableFuture.supplyAsync(() -> server.start(request), Thread::startVirtualThread);
                    })
                    .toList();
            var ports = new HashSet<Integer>();
            for (CompletableFuture<Instance> instance : starting) {
                assertThat(get(instance.join(), "/")).contains("cwd");
                ports.add(instance.join().endpoint().port());
            }
            assertThat(ports).hasSize(6);
        }
    }

    @Test
    void aPortThatAStrangerTookMeanwhileIsReplaced() throws Exception {
        Path go = temporary.resolve("go");
        var lines = new LinkedBlockingQueue<String>();
        String waitThenServe = "echo $PORT; until [ -e " + go + " ]; do sleep 0.05; done; exec node server.js";
        Request r = request("sh", "-c", waitThenServe);
        var starting = CompletableFuture.supplyAsync(() -> runtime.start(new Request(
                r.instanceId(), r.files(), r.command(), r.variables(), r.port(), r.readyWithin(), lines::add)));
        int chosen = Integer.parseInt(lines.poll(20, TimeUnit.SECONDS));

        try (var stranger = new ServerSocket(chosen, 50, LOOPBACK)) {
            Files.createFile(go);

            Instance instance = starting.get(30, TimeUnit.SECONDS);
            assertThat(instance.endpoint().port()).isNotEqualTo(stranger.getLocalPort());
            assertThat(get(instance, "/")).contains("cwd");
        }
    }

    @Test
    void aPortInTimeWaitIsTheLastChoice() throws IOException {
        PortRange range = freeRange(2);
        leaveInTimeWait(range.first());
        var ports = new Ports(range);

        assertThat(ports.reserveFree()).isEqualTo(range.last());
        assertThat(ports.reserveFree()).isEqualTo(range.first());
    }

    @Test
    void aPortServesTheNextInstanceAtOnce() {
        PortRange range = freeRange(1);
        try (var single = new ProcessRuntime(temporary.resolve("single"), range)) {
            for (int i = 0; i < 3; i++) {
                Instance instance = single.start(request("node", "server.js"));
                assertThat(get(instance, "/")).contains("cwd");
                instance.stop(Duration.ofSeconds(5));
                instance.exited().toCompletableFuture().join();
            }
        }
    }

    /** The side that closes first keeps the port busy for a minute. */
    private static void leaveInTimeWait(int port) throws IOException {
        try (var server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(LOOPBACK, port));
            try (var client = new Socket(LOOPBACK, port)) {
                server.accept().close();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    private static PortRange freeRange(int size) {
        for (int first = FIRST; first > 10_000; first -= size) {
            var range = new PortRange(first, first + size - 1);
            if (Stream.iterate(range.first(), port -> port + 1).limit(size).allMatch(PortsTest::isFree)) {
                return range;
            }
        }
        throw new AssertionError("no free ports");
    }

    private static boolean isFree(int port) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(false);
            probe.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
