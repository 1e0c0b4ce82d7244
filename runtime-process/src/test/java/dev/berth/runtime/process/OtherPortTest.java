package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Request;
import dev.berth.core.Problem;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that listen elsewhere, for good or at first only. */
class OtherPortTest extends RuntimeFixture {
    /** Listens on a port of its own choice at once, and on {@code PORT} after the milliseconds of its argument. */
    private static final String METRICS_FIRST = """
            const http = require('http');
            const m = http.createServer().listen(0, '127.0.0.1', () => console.log(m.address().port));
            setTimeout(() => http.createServer((q, s) => s.end('late')).listen(process.env.PORT), Number(process.argv[2]));
            """;

    private ProcessRuntime impatient;

    @BeforeEach
    void openImpatient() throws IOException {
        write("metrics.js", METRICS_FIRST);
        write("deaf.js", "const s = require('http').createServer().listen(0, () => console.log(s.address().port))");
        impatient = new ProcessRuntime(
                temporary.resolve("impatient"),
                PORTS,
                new OtherPorts.Patience(Duration.ofMillis(500), Duration.ofSeconds(2)));
    }

    @AfterEach
    void closeImpatient() {
        impatient.close();
    }

    @Test
    @Tag("HO-44")
    void aProgramThatIgnoresPortIsGivenUpEarly() {
        long begin = System.nanoTime();
        Problem problem = failure(impatient, within(Duration.ofMinutes(2), request("sh", "-c", "node deaf.js; true")));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
        String other = log.getFirst();
        assertThat(problem.code()).isEqualTo("PORT_IGNORED");
        assertThat(problem.message()).startsWith("the program listens on " + other + ", not on PORT=");
        assertThat(problem.hint()).isEqualTo("read PORT from the environment, or deploy with --port " + other);
        await().untilAsserted(
                        () -> assertThat(log).contains("[berth] " + problem.message(), "[berth] → " + problem.hint()));
    }

    @Test
    @Tag("HO-44")
    void theLogSaysSoLongBeforeTheStartIsGivenUp() {
        Problem problem = failure(runtime, within(Duration.ofSeconds(9), request("node", "deaf.js")));

        assertThat(problem.code()).isEqualTo("PORT_NEVER_OPENED");
        assertThat(log).anyMatch(line -> line.startsWith("[berth] the program listens on " + log.getFirst()));
    }

    @Test
    void aPortForMetricsFirstIsNoReasonToGiveUpAtOnce() {
        Instance instance = runtime.start(request("node", "metrics.js", "4000"));

        assertThat(get(instance, "/")).isEqualTo("late");
    }

    @Test
    void aProgramThatIsBusyIsNotGivenUp() throws IOException {
        write(
                "busy.js",
                "const s = require('http').createServer().listen(0); let end = Date.now() + 6000;"
                        + "(function work() { for (const t = Date.now(); Date.now() - t < 200;); "
                        + "if (Date.now() < end) setTimeout(work, 1); else require('./server.js') })()");

        assertThat(get(impatient.start(request("node", "busy.js")), "/")).contains("cwd");
    }

    @Test
    void aProgramUnderADebuggerIsNotGivenUp() {
        Instance instance = impatient.start(request("node", "--inspect=127.0.0.1:0", "metrics.js", "5000"));

        assertThat(get(instance, "/")).isEqualTo("late");
    }

    @Test
    void aPortThatIsOpenedLateIsFound() throws IOException {
        write("late.js", "setTimeout(() => require('./server.js'), 4000)");

        assertThat(get(impatient.start(request("node", "late.js")), "/")).contains("cwd");
        assertThat(log).isEmpty();
    }

    private static Problem failure(ProcessRuntime runtime, Request request) {
        BerthException refused = catchThrowableOfType(BerthException.class, () -> runtime.start(request));
        assertThat(refused).isNotNull();
        return refused.problem();
    }
}
