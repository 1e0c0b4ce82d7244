package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.InstanceRuntime.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LogTest extends RuntimeFixture {
    @Test
    void carriesBothStreamsAsLines() {
        runtime.start(request("sh", "-c", "echo 出来; printf 'windows\\r\\n' >&2; echo; exec node server.js"));

        assertThat(log).startsWith("出来", "windows", "");
    }

    @Test
    void aSlowLogLosesNothing() throws IOException {
        write(
                "chatty.js",
                "for (let i = 0; i < 20000; i++) require('fs').writeSync(1, 'line ' + i + '\\n'); require('./server.js')");
        var gate = new CountDownLatch(1);
        Request r = request("node", "chatty.js");
        var starting = CompletableFuture.supplyAsync(() -> runtime.start(
                new Request(r.instanceId(), r.files(), r.command(), r.variables(), r.port(), r.readyWithin(), line -> {
                    awaitQuietly(gate);
                    log.add(line);
                })));

        // More than a pipe holds, so that the program is held up.
        await().during(Duration.ofMillis(500)).until(() -> !starting.isDone());
        gate.countDown();

        starting.join();
        await().until(() -> log.size() == 20000);
        assertThat(log.getLast()).isEqualTo("line 19999");
    }

    @Test
    void splitsLongLinesBetweenCharactersAndReplacesMalformedBytes() {
        List<String> lines = new ArrayList<>();
        var splitter = new LineSplitter(lines::add);
        String wide = "x" + "云".repeat(30_000);
        byte[] bytes = (wide + "\n").getBytes(StandardCharsets.UTF_8);

        splitter.accept(bytes, bytes.length);
        splitter.accept(new byte[] {'a', (byte) 0xFF, 'b'}, 3);
        splitter.end();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0) + lines.get(1)).isEqualTo(wide);
        assertThat(lines.get(2)).isEqualTo("a\uFFFDb");
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
