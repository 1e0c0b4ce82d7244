package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.InstanceRuntime.Instance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StopTest extends RuntimeFixture {
    @Test
    @Tag("HO-35")
    void aProgramMayFinishWithinTheGrace() throws Exception {
        write(
                "polite.js",
                "process.on('SIGTERM', () => setTimeout(() => { console.log('finished'); process.exit(4) }, 300));"
                        + "require('./server.js')");
        Instance instance = runtime.start(request("node", "polite.js"));

        instance.stop(Duration.ofSeconds(20));

        assertThat(exit(instance)).isEqualTo(new Exit(4, "exit code 4"));
        assertThat(log).contains("finished");
    }

    @Test
    @Tag("HO-35")
    void aProgramThatIgnoresSigtermIsKilledAfterTheGrace() throws Exception {
        write("deaf.js", "process.on('SIGTERM', () => console.log('asked')); require('./server.js')");
        Instance instance = runtime.start(request("node", "deaf.js"));

        instance.stop(Duration.ofMillis(400));

        assertThat(exit(instance)).isEqualTo(new Exit(137, "killed by SIGKILL"));
        assertThat(log).contains("asked");
    }

    @Test
    void aSecondStopMayHurryTheFirst() throws Exception {
        write("deaf.js", "process.on('SIGTERM', () => console.log('asked')); require('./server.js')");
        Instance instance = runtime.start(request("node", "deaf.js"));

        instance.stop(Duration.ofMinutes(5));
        instance.stop(Duration.ofMillis(100));

        assertThat(exit(instance).description()).isEqualTo("killed by SIGKILL");
    }

    @Test
    @Tag("HO-35")
    void childrenGoWithTheProgram() throws Exception {
        Instance instance = runtime.start(
                request("sh", "-c", "trap '' TERM; (sleep 600 & echo $!; sleep 600 & echo $!; wait) & node server.js"));
        await().until(() -> log.size() == 2);

        instance.stop(Duration.ofMillis(200));
        exit(instance);

        assertThat(pids()).noneMatch(RuntimeFixture::isRunning);
    }

    @Test
    void childrenGoWhenTheProgramEndsByItself() throws Exception {
        write("brief.js", "require('http').createServer((q, s) => process.exit(5)).listen(process.env.PORT)");
        Instance instance = runtime.start(request("sh", "-c", "sleep 600 & echo $!; exec node brief.js"));

        try (var knock =
                new Socket(InetAddress.getLoopbackAddress(), instance.endpoint().port())) {
            knock.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Exit exit = exit(instance);
            assertThat(exit.code()).isEqualTo(5);
            assertThat(exit.leftBehind()).singleElement().asString().matches("sleep \\(process \\d+\\)");
        }
        assertThat(pids()).noneMatch(RuntimeFixture::isRunning);
        assertThat(foldersIn("running")).isEmpty();
    }

    @Test
    void thePortIsFreeAfterwards() throws Exception {
        Instance instance = runtime.start(request("node", "server.js"));
        instance.stop(Duration.ofSeconds(5));
        exit(instance);

        try (var again = new ServerSocket(instance.endpoint().port())) {
            assertThat(again.isBound()).isTrue();
        }
    }

    @Test
    void closeStopsAllTogether() throws IOException {
        write("slow.js", "process.on('SIGTERM', () => setTimeout(process.exit, 700)); require('./server.js')");
        List<Instance> all = Stream.generate(() -> runtime.start(request("node", "slow.js")))
                .limit(4)
                .toList();

        long begin = System.nanoTime();
        runtime.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(4 * 700));
        assertThat(all)
                .allMatch(instance -> instance.exited().toCompletableFuture().isDone());
    }

    private List<Long> pids() {
        return log.stream()
                .filter(line -> line.matches("\\d+"))
                .map(Long::valueOf)
                .toList();
    }

    private static Exit exit(Instance instance) throws Exception {
        return instance.exited().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
