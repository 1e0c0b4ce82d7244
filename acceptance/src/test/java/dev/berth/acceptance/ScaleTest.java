package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From zero and back, and instances that die. */
class ScaleTest {
    @RegisterExtension
    static final Platform platform = new Platform("echo");

    @Test
    @Tag("HO-31")
    void aHundredFirstCallsStartOneInstance() {
        platform.deploy(Folder.service("echo"), "--name", "crowd");
        Caller alice = platform.as("alice");
        List<CompletableFuture<Answer>> calls = IntStream.range(0, 100)
                .mapToObj(i -> alice.getLater("crowd", "/" + i))
                .toList();
        List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();
        assertThat(answers)
                .allMatch(
                        answer -> answer.status() == 200 && answer.systemError().isEmpty());
        assertThat(answers.stream().map(Answer::pid).distinct()).hasSize(1);
    }

    @Test
    @Tag("HO-31")
    @Tag("HO-40")
    void anIdleServiceStopsAndStartsAgain() {
        platform.deploy(Folder.service("echo"), "--name", "napper", "--idle", "1s");
        Caller alice = platform.as("alice");
        long first = alice.get("napper", "/").pid();
        assertThat(Processes.runs(first)).isTrue();
        await().atMost(Duration.ofSeconds(15)).until(() -> !Processes.runs(first));
        JsonNode zero = platform.service("napper");
        assertThat(zero.path("state").asText()).isEqualTo("zero");
        assertThat(zero.path("instances").asInt()).isZero();
        long second = alice.get("napper", "/").pid();
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    @Tag("HO-14")
    @Tag("HO-40")
    void aCallInFlightIsNotCutByTheIdleStop() {
        platform.deploy(Folder.service("echo"), "--name", "busy", "--idle", "1s");
        Answer answer = platform.as("alice").get("busy", "/wait?ms=4000");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.pid()).isPositive();
    }

    @Test
    @Tag("HO-34")
    void aDeadInstanceIsReplacedAtTheNextCall() {
        platform.deploy(Folder.service("echo"), "--name", "mortal");
        Caller alice = platform.as("alice");
        for (int life = 0; life < 5; life++) {
            long pid = alice.get("mortal", "/").pid();
            Processes.signal("KILL", pid);
            await().until(() -> !Processes.runs(pid));
            Answer next = alice.get("mortal", "/");
            assertThat(next.status()).as(next.body()).isEqualTo(200);
            assertThat(next.pid()).isNotEqualTo(pid);
        }
    }

    @Test
    @Tag("HO-36")
    void whatAnInstanceWritesVanishesWithIt() {
        platform.deploy(Folder.service("echo"), "--name", "writer", "--idle", "1s");
        Caller alice = platform.as("alice");
        long first = written(alice.get("writer", "/write"), 1);
        assertThat(written(alice.get("writer", "/write"), 2)).isEqualTo(first);
        await().atMost(Duration.ofSeconds(15)).until(() -> !Processes.runs(first));
        assertThat(written(alice.get("writer", "/write"), 1)).isNotEqualTo(first);
    }

    @Test
    @Tag("HO-41")
    @Tag("HO-44")
    @Tag("HO-45")
    void theEnvironmentIsThatOfTheServiceAndNothingOfTheServers() {
        platform.deploy(Folder.service("echo"), "--name", "vars", "--set", "LEVEL=debug", "--set", "CBR_ENV_ID=other");
        JsonNode variables = platform.as("alice").get("vars", "/env").json();
        assertThat(variables.path("CBR_ENV_ID").asText()).isEqualTo("prod-01");
        assertThat(variables.path("LEVEL").asText()).isEqualTo("debug");
        assertThat(variables.path("PORT").asText())
                .isEqualTo(variables.path("SERVER_PORT").asText());
        List<String> names = new ArrayList<>();
        variables.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> name.startsWith("npm_")); // npm start sets them, as everywhere
        names.removeAll(List.of("NODE_USE_ENV_PROXY", "JAVA_TOOL_OPTIONS")); // only without hosts files of their own
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "PATH",
                        "HOME",
                        "LANG",
                        "TMPDIR",
                        "PWD",
                        "PORT",
                        "SERVER_PORT",
                        "CBR_ENV_ID",
                        "LEVEL",
                        "BERTH_INSTANCE",
                        "BERTH_CA_FILE",
                        "http_proxy",
                        "HTTP_PROXY",
                        "no_proxy",
                        "NO_PROXY");
    }

    @Test
    @Tag("HO-37")
    void logsAreWhatTheServiceSaid() {
        platform.as("alice").get("echo", "/say?text=%E4%BD%A0%E5%A5%BD");
        await().untilAsserted(
                        () -> assertThat(platform.berth("logs", "echo").ok().out())
                                .contains(" 你好\n")
                                .contains(" error: 你好\n")
                                .contains("[berth] started in"));
    }

    private static long written(Answer answer, int count) {
        assertThat(answer.json().path("written").asInt()).isEqualTo(count);
        return answer.pid();
    }
}
