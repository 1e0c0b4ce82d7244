package dev.berth.functions;

import static dev.berth.functions.FunctionRoom.CODE;
import static dev.berth.functions.FunctionRoom.SUM;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment states all settings anew, and tells what changes by that. */
@Tag("HO-54")
class ChangedSettingsTest {
    private static final String CONFIG = "config.json";

    @TempDir
    Path temp;

    private FunctionRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new FunctionRoom(temp);
    }

    @Test
    void whatAnOptionGaveEndsWithThePlainDeploymentAfterIt() {
        deploy(Duration.ofSeconds(10), 512, Map.of("TOKEN", "s3cret", "URL", "one"), CODE, "{}");
        assertThat(room.progress).as("the first replaces nothing").isEmpty();

        room.deploy("index.js", CODE, CONFIG, "{\"envVariables\":{\"URL\":\"two\",\"MODE\":\"s3cret too\"}}");

        assertThat(room.progress)
                .containsExactly(
                        "timeout 10 s → 3 s (from config.json, or the default)",
                        "memory 512 MB → 256 MB (from config.json, or the default)",
                        "variables: -TOKEN, +MODE, changed: URL");
    }

    @Test
    void whatAnOptionGivesIsNotSaidToComeFromElsewhere() {
        room.deploy("index.js", CODE);
        deploy(Duration.ofMillis(1500), 512, Map.of("B", "1", "A", "1"), CODE, "{}");
        deploy(Duration.ofMillis(1500), 512, Map.of("B", "2", "A", "2"), CODE, "{}");

        assertThat(room.progress)
                .containsExactly(
                        "timeout 3 s → 1.5 s",
                        "memory 256 MB → 512 MB",
                        "variables: +A, +B",
                        "variables: changed: A, B");
    }

    @Test
    @Tag("HO-53")
    @Tag("HO-56")
    @Tag("HO-58")
    @Tag("HO-60")
    void theRestOfConfigJsonIsToldAsWell() {
        room.deploy("index.js", CODE);
        room.deploy("index.js", CODE, "app.js", CODE, CONFIG, """
                {"handler": "app.main", "invocationsPerHost": 4, "permissions": {"openapi": ["subscribeMessage.send"]},
                 "triggers": [{"name": "nightly", "type": "timer", "config": "0 0 2 * * * *"}]}""");
        List<String> first = List.copyOf(room.progress);
        room.deploy("index.js", CODE, "app.js", CODE, CONFIG, """
                {"handler": "app.main", "invocationsPerHost": 4,
                 "triggers": [{"name": "nightly", "type": "timer", "config": "0 0 3 * * * *"}]}""");

        assertThat(first)
                .containsExactly(
                        "handler index.main → app.main (from config.json, or the default)",
                        "invocationsPerHost 1 → 4 (from config.json, or the default)",
                        "permissions: +subscribeMessage.send",
                        "triggers: +nightly");
        assertThat(room.progress.subList(4, room.progress.size()))
                .containsExactly("permissions: -subscribeMessage.send", "triggers: changed: nightly");
    }

    @Test
    void nothingIsToldWhereTheSettingsStayOrNothingIsDeployed() {
        String config = "{\"timeout\": 10, \"envVariables\": {\"A\": \"1\"}}";
        room.deploy("index.js", CODE, CONFIG, config);
        room.deploy("index.js", CODE + ";", CONFIG, config);
        room.deploy("index.js", CODE + ";", CONFIG, config);

        assertThat(room.progress).isEmpty();
    }

    private void deploy(Duration timeLimit, int memory, Map<String, String> variables, String code, String config) {
        room.deployer.deploy(
                new FunctionDeployment(
                        SUM,
                        Tars.of("index.js", code, CONFIG, config),
                        Optional.of(timeLimit),
                        OptionalInt.of(memory),
                        variables,
                        Optional.empty()),
                room.progress::add);
    }
}
