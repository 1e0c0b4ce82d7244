package dev.berth.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is printed by a log line or an error must not hold what a service was given to keep. */
class SecretsInTextTest {
    private static final Map<String, String> VARIABLES = Map.of("DB_PASSWORD", "s3cret");
    private static final List<String> COMMAND = List.of("node", "--token=s3cret");

    @Test
    void ofAVersionAreNotPrinted() {
        Launch launch = new Launch(COMMAND, VARIABLES, OptionalInt.of(80), "package.json scripts.start");
        Settings settings = new Settings(VARIABLES, Duration.ofMinutes(1), Scale.DEFAULT);
        Version version = new Version(new VersionId("prod-01", "demo", 1), "digest", launch, settings, Instant.EPOCH);

        assertThat(version.toString())
                .contains("demo-001", "DB_PASSWORD", "scripts.start")
                .doesNotContain("s3cret");
    }

    @Test
    void ofAnInstanceAreNotPrinted() {
        var request = new InstanceRuntime.Request(
                "demo-001-a",
                Path.of("/v"),
                COMMAND,
                VARIABLES,
                OptionalInt.empty(),
                Duration.ofSeconds(1),
                line -> {});

        assertThat(request.toString()).contains("demo-001-a").doesNotContain("s3cret");
    }
}
