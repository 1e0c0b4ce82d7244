package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The slow ones, side by side. */
class DeadlineTest {
    @RegisterExtension
    static final Platform platform = new Platform("late", "deaf", "echo");

    @Test
    @Tag("CH-35")
    @Tag("CH-38")
    @Tag("CH-71")
    void aStartThatTakesLongerThan15SecondsIsATimeout() {
        Caller alice = platform.as("alice");
        CompletableFuture<Answer> deaf = alice.getLater("deaf", "/");
        CompletableFuture<Answer> slow = alice.getLater("echo", "/wait?ms=20000");
        long began = System.nanoTime();
        Answer late = alice.get("late", "/");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(14_900), Duration.ofMillis(16_500));
        for (Answer answer : new Answer[] {late, slow.join()}) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.systemError()).isEqualTo("102002");
            assertThat(answer.body()).isEqualTo("{\"base_resp\":{\"ret\":102002,\"errmsg\":\"请求超时\"}}");
            String[] timing = answer.header("x-wx-server-timing").split(",", -1);
            assertThat(Long.parseLong(timing[1]) - Long.parseLong(timing[0])).isBetween(14_990L, 16_000L);
        }
        // The start went on meanwhile, and serves the next call.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(alice.get("late", "/").body()).isEqualTo("late"));
        // Nobody guesses a port: the log names the one that the program opened, and its start is given up before that,
        // on a machine that is not too busy.
        assertThat(deaf.join().body()).matches("(?s).*(SERVICE_NOT_READY|102002).*");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> assertThat(platform.berth("logs", "deaf").ok().out())
                                .containsPattern("listens on \\d+, not on PORT=\\d+"));
    }
}
