package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageTest extends RuntimeFixture {
    private static final long MEBIBYTE = 1024 * 1024;

    @BeforeEach
    void busyPrograms() throws IOException {
        write("burn.js", "while (process.cpuUsage().user < 600000);");
        write("hold.js", "const held = Buffer.alloc(100 * 1024 * 1024, 1); setInterval(() => held[0]++, 1000)");
    }

    @Test
    void countsProcessesThatHaveEnded() {
        Instance instance = runtime.start(request("sh", "-c", "node burn.js; exec node server.js"));

        await().until(() -> usage(instance).cpuTime().toMillis() >= 600);
    }

    @Test
    void countsAllThatLiveWhereverTheyHaveGone() {
        Instance instance = runtime.start(
                request("sh", "-c", "setsid node hold.js & (setsid node burn.js; sleep 600) & exec node server.js"));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> usage(instance).residentBytes() > 130 * MEBIBYTE
                        && usage(instance).cpuTime().toMillis() >= 600);
    }

    @Test
    void cpuTimeNeverDecreases() {
        Instance instance = runtime.start(request("sh", "-c", "(sh -c 'node burn.js & ' ) ; exec node server.js"));
        await().until(() -> usage(instance).cpuTime().toMillis() >= 400);
        Usage first = usage(instance);

        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(20))
                .until(() -> usage(instance).cpuTime().compareTo(first.cpuTime()) >= 0);
    }

    @Test
    void isEmptyAfterTheEnd() throws Exception {
        Instance instance = runtime.start(request("node", "server.js"));
        assertThat(usage(instance).residentBytes()).isBetween(10 * MEBIBYTE, 1000 * MEBIBYTE);

        instance.stop(Duration.ofSeconds(5));
        instance.exited().toCompletableFuture().get(20, TimeUnit.SECONDS);

        assertThat(instance.usage()).isEmpty();
    }

    @Test
    void readsNamesWithParenthesesAndSpaces() {
        ProcessRow row = ProcessRow.parse("7 (a) S 1 (b) S 2 7 9 0 -1 4194560 1 2 3 4 50 60 7 8 20 0 1 0 99 1000 300 0")
                .orElseThrow();

        assertThat(row).isEqualTo(new ProcessRow(7, "a) S 1 (b", 'S', 2, 9, 0, 125, 300));
    }

    /** Those who ask within a second share one answer, which may be older than the instance. */
    private static Usage usage(Instance instance) {
        return await().until(instance::usage, java.util.Optional::isPresent).orElseThrow();
    }
}
