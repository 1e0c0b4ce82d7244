package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the server ends, nothing that it started stays, and what it knew is known again. */
class StoppingTest {
    private static final String OTHER = "wx2222222222222222";

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void ctrlCAndTermEndEverything(String signal) {
        try (Platform platform = new Platform()) {
            Running up = platform.folder()
                    .start("up", "--json", Folder.service("echo").toString());
            await().atMost(Duration.ofSeconds(40)).until(() -> up.out().contains("\"doors\""));
            long instance = Json.parse(platform.berth("call", "echo", "/").ok().out())
                    .path("pid")
                    .asLong();
            assertThat(Processes.runs(instance)).isTrue();
            Processes.signal(signal, signal.equals("INT") ? -up.pid() : up.pid());
            assertThat(up.await(20).exitCode()).isIn(0, 130, 143);
            platform.assertNothingRuns();
            assertThat(platform.folder().data().resolve("server.json")).doesNotExist();
        }
    }

    @Test
    void downEndsEverything() {
        try (Platform platform = new Platform("echo").up()) {
            platform.as("alice").get("echo", "/");
            assertThat(platform.berth("down").ok().out()).contains(String.valueOf(platform.pid()));
            platform.assertNothingRuns();
            assertThat(platform.berth("status").exitCode()).isEqualTo(1);
        }
    }

    @Test
    @Tag("CH-139")
    void afterKillNothingStaysAndEverythingIsKnownAgain() throws Exception {
        try (Platform platform = new Platform("echo").up()) {
            platform.folder().berthWithInput("a-secret\n", "apps", "add", OTHER).ok();
            platform.berth("envs", "add", "other-01", "--app", OTHER).ok();
            platform.berth("grant", OTHER).ok();
            platform.berth("users", "add", "carol").ok();
            Caller carol = platform.as("carol");
            JsonNode before = carol.get("echo", "/").json();

            Processes.signal("KILL", platform.pid());
            platform.assertNothingRuns();
            assertThat(platform.berth("status").err()).contains("./berth up");

            String port = String.valueOf(platform.door("gateway").getPort());
            platform.folder().with("BERTH_GATEWAY_PORT", port);
            platform.up();
            JsonNode after = carol.get("echo", "/").json(); // with the session of before
            assertThat(after.path("headers").path("x-wx-openid"))
                    .isEqualTo(before.path("headers").path("x-wx-openid"));
            assertThat(after.path("pid").asLong())
                    .isNotEqualTo(before.path("pid").asLong());
            assertThat(platform.service("echo").path("version").asText()).isEqualTo("echo-001");
            assertThat(platform.berth("apps").ok().out()).contains(OTHER);
            assertThat(platform.berth("call", "echo", "/", "--from", OTHER).exitCode())
                    .isZero();
            try (var left = Files.list(platform.folder().data().resolve("instances/running"))) {
                assertThat(left.filter(Files::isDirectory)
                                .map(folder -> folder.getFileName().toString().replaceAll("^[.]|[.]own$", ""))
                                .distinct())
                        .as("folders of the one instance that runs")
                        .hasSize(1);
            }
        }
    }
}
