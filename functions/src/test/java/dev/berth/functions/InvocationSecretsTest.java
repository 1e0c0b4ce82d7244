package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.FunctionInvoker.Failed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a function writes, no log and no error shows the credentials of an invocation. */
@Timeout(60)
@Tag("AD-18")
final class InvocationSecretsTest {
    private static final String NAMES =
            "['WX_API_TOKEN', 'TENCENTCLOUD_SECRETID', 'TENCENTCLOUD_SECRETKEY'].map((name) => process.env[name])";

    @TempDir
    Path folder;

    private HostRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new HostRoom(folder, HostRoom.RULES);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    @Tag("AD-78")
    void standInNoLineOfTheLogHoweverTheyAreWritten() {
        room.deploy("sum", """
                exports.main = async (event, context) => {
                  console.log(context)
                  console.error('云 ' + JSON.stringify(process.env))
                  console.__baseLog__({ environment: context.environment }, 'warn')
                  process.stdout.write(context.environment + '\\n')
                  require('fs').writeSync(2, context.environment + '\\n')
                  return %s
                }""".formatted(NAMES));

        var outcome = room.invoke("sum", "{}");

        assertThat(secrets(HostRoom.returned(outcome))).hasSize(3);
        assertThat(outcome.log())
                .anyMatch(line -> line.contains("environment: '{")
                        && line.contains("\"WX_API_TOKEN\":\"***\"")
                        && line.contains("\"TENCENTCLOUD_SECRETID\":\"***\"")
                        && line.contains("\"TENCENTCLOUD_SECRETKEY\":\"***\""))
                .anyMatch(line -> line.startsWith("[error] 云 {") && line.contains("\"WX_API_TOKEN\":\"***\""))
                .anyMatch(line -> line.startsWith("[warn] {\"environment\":") && line.contains("\\\"***\\\""))
                .anyMatch(line -> line.startsWith("[info] {\"") && line.contains("\"***\""));
        Awaitility.await()
                .untilAsserted(() -> assertThat(room.log("sum"))
                        .anyMatch(line -> line.contains(" sum-001-") && line.contains("\"WX_API_TOKEN\":\"***\"")));
        assertThat(told()).doesNotContain(secrets(HostRoom.returned(outcome)));
    }

    @Test
    @Tag("AD-83")
    @Tag("WT-68")
    void standInNoErrorThatTheCallerGets() {
        room.deploy("sum", """
                let kept
                exports.main = ({ again }) => {
                  if (again) return kept
                  kept = %s
                  throw new Error('with ' + kept)
                }""".formatted(NAMES));

        var outcome = room.invoke("sum", "{}");

        assertThat(HostRoom.failed(outcome).message()).startsWith("Error: with ***,***,***\n    at ");
        assertThat(outcome.log()).anyMatch(line -> line.contains("Error: with ***,***,***"));
        String returned = HostRoom.returned(room.invoke("sum", "{\"again\":true}"));
        assertThat(told()).doesNotContain(secrets(returned));
    }

    @Test
    @Tag("AD-34")
    void standInNoLineThatComesAfterTheEndOrOfAnotherInvocation() {
        room.deploy("sum", """
                let kept
                exports.main = ({ again }) => {
                  if (again) console.log('of another', kept)
                  else {
                    kept = %s
                    setTimeout(() => console.log('left running', kept), 10)
                  }
                  return kept
                }""".formatted(NAMES));

        String returned = HostRoom.returned(room.invoke("sum", "{}"));
        room.invoke("sum", "{\"again\":true}");

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(room.log("sum"))
                        .anyMatch(line -> line.contains("left running"))
                        .anyMatch(line -> line.contains("of another")));
        assertThat(room.log("sum")).filteredOn(line -> line.contains("'***'")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(told()).doesNotContain(secrets(returned));
    }

    private static List<String> secrets(String returned) {
        return Stream.of(returned.replaceAll("[\\[\\]\"]", "").split(","))
                .filter(secret -> secret.length() > 32)
                .toList();
    }

    /** All that anybody can read but the result. */
    private String told() {
        List<String> outcomes = room.outcomes.stream()
                .map(outcome ->
                        outcome.log() + " " + (outcome.result() instanceof Failed failed ? failed.message() : ""))
                .toList();
        return room.log("sum") + " " + outcomes + " " + room.events;
    }
}
