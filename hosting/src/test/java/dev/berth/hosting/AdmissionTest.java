package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.BerthException;
import dev.berth.core.Event;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.InstanceRuntime.Surroundings;
import dev.berth.core.Problem;
import dev.berth.core.SecretText;
import dev.berth.core.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OA-1, OA-9: each instance has its own way in through the inward door, from before its start to its end. */
@Timeout(60)
@Tag("OA-9")
class AdmissionTest {
    private static final String CREDENTIAL = SecretText.of(new byte[] {1, 2, 3});

    @TempDir
    Path data;

    private ActivatorRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new ActivatorRoom(data);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    @Tag("OA-1")
    void anInstanceGetsWhatTheDoorGivesToIt() throws IOException {
        Surroundings own = new Surroundings(
                Map.of("api.weixin.qq.com", "127.0.0.1"), Map.of(Path.of("/.tencentcloudbase/wx"), data));
        room.door.surroundings = own;
        room.door.variables = Map.of("HTTP_PROXY", "http://127.0.0.1:7082");

        Lease lease = call(room.activator, room.version(1)).lease();

        assertThat(room.door.only().version().name()).isEqualTo("demo-001");
        assertThat(room.door.only().instanceId()).isEqualTo(lease.instanceId());
        assertThat(room.runtime.only().request.surroundings()).isEqualTo(own);
        assertThat(room.runtime.only().request.variables()).containsEntry("HTTP_PROXY", "http://127.0.0.1:7082");
    }

    @Test
    @Tag("HO-45")
    void theSourceAndTheSettingsWinOverTheDoor() throws IOException {
        room.door.variables =
                Map.of("OWN", "door", "FROM", "door", "BOTH", "door", "CBR_ENV_ID", "door", "BERTH_KEY", "door");

        call(room.activator, room.version(1)).lease();

        assertThat(room.runtime.only().request.variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "OWN",
                        "door",
                        "BERTH_KEY",
                        "door",
                        "FROM",
                        "source",
                        "BOTH",
                        "settings",
                        "CBR_ENV_ID",
                        "prod-01"));
    }

    @Test
    void theAdmissionEndsWithTheInstance() throws IOException {
        Lease lease = call(room.activator, room.version(1)).lease();
        assertThat(room.door.only().closed()).hasValue(0);

        room.runtime.only().exit(new Exit(1, "exit code 1"));

        assertThat(room.door.only().closed()).hasValue(1);
        lease.end();
    }

    @Test
    void itEndsAlsoWhenTheEndCouldNotBeWatched() throws IOException {
        call(room.activator, room.version(1)).lease();

        room.runtime.only().exited.completeExceptionally(new IllegalStateException("lost"));

        assertThat(room.door.only().closed()).hasValue(1);
    }

    @Test
    void itEndsWithTheServer() throws IOException {
        call(room.activator, room.version(1)).lease().end();
        call(room.activator, room.version(2)).lease().end();

        room.close();

        assertThat(room.door.admitted).hasSize(2);
        await().untilAsserted(() -> assertThat(room.door.admitted)
                .allMatch(admission -> admission.closed().get() == 1));
    }

    @Test
    void itEndsWithAStartThatFails() throws IOException {
        room.runtime.beforeStart = _ -> {
            throw Refused.because("EXITED_BEFORE_READY", "exit code 1", "Look at the log.");
        };

        call(room.activator, room.version(1)).failure();

        assertThat(room.door.only().closed()).hasValue(1);
    }

    @Test
    void itEndsWithAStartThatBreaks() throws IOException {
        room.runtime.beforeStart = _ -> {
            throw new StackOverflowError();
        };

        call(room.activator, room.version(1)).failure();

        assertThat(room.door.only().closed()).hasValue(1);
    }

    @Test
    void whoIsNotAdmittedIsNotStarted() throws IOException {
        var closed = new Problem("DOOR_CLOSED", "openapi", "The inward door is closed", "Start the server again.");
        room.door.beforeAdmission = () -> {
            throw new BerthException(closed);
        };

        assertThat(call(room.activator, room.version(1)).failure().problem()).isEqualTo(closed);

        assertThat(room.runtime.started).isEmpty();
        assertThat(room.log())
                .anyMatch(line -> line.endsWith("[berth] did not start: The inward door is closed"))
                .anyMatch(line -> line.endsWith("[berth] → Start the server again."));
        assertThat(room.reasons(Event.Kind.INSTANCE_START_FAILED))
                .containsExactly("from zero; The inward door is closed");
    }

    @Test
    void noCredentialIsWrittenDown() throws IOException {
        Version version = room.version(1);
        room.door.variables = Map.of("BERTH_KEY", CREDENTIAL);
        call(room.activator, version).lease();
        room.runtime.only().request.log().accept("my proxy is http://" + CREDENTIAL + "@127.0.0.1");
        room.runtime.only().exit(new Exit(1, "exit code 1"));
        room.runtime.beforeStart = _ -> {
            throw Refused.because("EXITED_BEFORE_READY", "exit code 1", "Look at the log.");
        };
        call(room.activator, version).failure();

        await().until(() -> room.reasons(Event.Kind.INSTANCE_START_FAILED).size() == 1);
        assertThat(room.door.admitted).hasSize(2);
        assertThat(String.join("\n", room.log()))
                .contains("http://***@127.0.0.1")
                .doesNotContain(CREDENTIAL);
        assertThat(room.events.toString()).contains("exit code 1").doesNotContain(CREDENTIAL);
        assertThat(room.activator.instances("prod-01", "demo").toString()).doesNotContain(CREDENTIAL);
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file).content().doesNotContain(CREDENTIAL);
            }
        }
    }
}
