package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Functions when the server is killed: no host is left, nothing deployed is lost, timers go on. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class KilledFunctionsTest {
    @Test
    @Tag("HO-64")
    void hostsEndWithTheServerAndEverythingIsThereAgain() {
        try (Platform platform = new Platform("echo").up()) {
            Functions functions = new Functions(platform);
            functions.deploy(
                    "sleeper",
                    "exports.main = () => new Promise(() => require('child_process').spawn('sleep', ['45678']))");
            functions.deploy(functions.folder(
                    "ticker",
                    Map.of(
                            "index.js",
                            "exports.main = event => console.log('tick ' + event.Time)",
                            "config.json",
                            "{\"triggers\":[{\"name\":\"t\",\"type\":\"timer\",\"config\":\"* * * * * * *\"}]}")));
            awaitTicks(platform, 3);
            CompletableFuture<JsonNode> running =
                    CompletableFuture.supplyAsync(() -> functions.invokeAs("alice", "sleeper", "{}"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !Processes.running("sleep 45678").isEmpty());

            Processes.signal("KILL", platform.pid());

            assertThat(running.handle((answer, broken) -> broken != null).join())
                    .isTrue();
            platform.assertNothingRuns();
            assertThat(Processes.running("sleep 45678")).isEmpty();

            platform.up();

            JsonNode names =
                    Json.parse(platform.berth("functions", "--json").ok().out()).path("functions");
            assertThat(names)
                    .extracting(function -> function.path("name").asText())
                    .contains("sleeper", "ticker");
            int before = ticks(platform).size();
            awaitTicks(platform, before + 3);
            List<String> ticks = ticks(platform);
            assertThat(ticks).hasSameSizeAs(Set.copyOf(ticks));
        }
    }

    private static void awaitTicks(Platform platform, int count) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> ticks(platform).size() >= count);
    }

    /** When they were due. */
    private static List<String> ticks(Platform platform) {
        return platform.berth("logs", "ticker", "-n", "10000")
                .ok()
                .out()
                .lines()
                .filter(line -> line.contains("tick "))
                .map(line -> line.substring(line.indexOf("tick ")))
                .collect(Collectors.toList());
    }
}
