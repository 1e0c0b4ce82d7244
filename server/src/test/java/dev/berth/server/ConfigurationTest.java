package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationTest {
    @TempDir
    private Path folder;

    @Test
    void everyValueSaysWhereItComesFrom() throws Exception {
        Path file = Files.writeString(folder.resolve("server.yaml"), """
                gateway:
                  port: 7180
                  origins: [https://a.example]
                sessions: {unused: 90m}
                """);
        Configuration read = Configuration.load(
                ServerConfig.forServe(folder), Optional.of(file), Map.of("BERTH_GATEWAY_PORT", "7280"));

        assertThat(setting(read, "gateway.port"))
                .isEqualTo(new JsonObject()
                        .put("key", "gateway.port")
                        .put("value", 7280)
                        .put("source", "BERTH_GATEWAY_PORT")
                        .put("variable", "BERTH_GATEWAY_PORT"));
        assertThat(setting(read, "gateway.origins").getJsonArray("value")).isEqualTo(JsonArray.of("https://a.example"));
        assertThat(setting(read, "gateway.origins").getString("source")).isEqualTo(file + ":3:12");
        assertThat(setting(read, "sessions.unused").getString("value")).isEqualTo("90m");
        assertThat(setting(read, "sessions.unused").getString("source")).isEqualTo(file + ":4:20");
        assertThat(setting(read, "gateway.host").getString("source")).isEqualTo("default");
        assertThat(read.toJson().getJsonArray("settings"))
                .hasSameSizeAs(ConfigKeys.of(read.values()).keySet());
    }

    @Test
    void aVariableThatIsNearlyAKeyIsToldButNoFault() {
        Configuration read = Configuration.load(
                ServerConfig.forServe(folder),
                Optional.empty(),
                Map.of("BERTH_GATEWAY_PROT", "1", "BERTH_GATEWAY_PORT_7080_TCP_ADDR", "x", "BERTH_X", "y"));

        assertThat(read.values()).isEqualTo(ServerConfig.forServe(folder));
        assertThat(read.warnings())
                .contains("BERTH_GATEWAY_PROT: no such key, so it has no effect; did you mean BERTH_GATEWAY_PORT?")
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S,500ms", "90s,PT1M30S,90s", "120s,PT2M,2m", "24h,P1D,1d", "0s,PT0S,0s"})
    void timesHaveUnits(String text, Duration time, String printed) {
        assertThat(TimeSpan.parse(text)).contains(time);
        assertThat(TimeSpan.print(time)).isEqualTo(printed);
        assertThat(TimeSpan.parse(printed)).contains(time);
    }

    @ParameterizedTest
    @CsvSource({"512B,512,512B", "100KiB,102400,100KiB", "1024KiB,1048576,1MiB", "3GiB,3221225472,3GiB", "0B,0,0B"})
    void sizesHaveUnits(String text, long bytes, String printed) {
        assertThat(DataSize.parse(text)).contains(new DataSize(bytes));
        assertThat(new DataSize(bytes)).hasToString(printed);
    }

    private static JsonObject setting(Configuration read, String key) {
        return read.toJson().getJsonArray("settings").stream()
                .map(JsonObject.class::cast)
                .filter(setting -> setting.getString("key").equals(key))
                .findFirst()
                .orElseThrow();
    }
}
