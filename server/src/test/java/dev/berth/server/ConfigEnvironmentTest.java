package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.BerthException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigEnvironmentTest {
    private final ServerConfig defaults = ServerConfig.forUp(Path.of("/project"));

    @Test
    void theVariablesOfTheGuideHold() {
        ServerConfig config = ConfigFile.withEnvironment(
                defaults,
                Map.of(
                        "BERTH_GATEWAY_PORT", "1",
                        "BERTH_MANAGEMENT_PORT", "2",
                        "BERTH_SIMULATOR_PORT", "3",
                        "BERTH_DATA", "relative/to:here"));

        assertThat(config.gateway().port()).isEqualTo(1);
        assertThat(config.management().port()).isEqualTo(2);
        assertThat(config.simulator().port()).isEqualTo(3);
        assertThat(config.data()).isEqualTo(Path.of("relative/to:here"));
    }

    @Test
    void emptyOnesAndOthersMeanNothing() {
        assertThat(ConfigFile.withEnvironment(
                        defaults, Map.of("BERTH_DATA", "", "BERTH_GATEWAY_PORT", "", "PATH", "/bin", "BERTH_X", "y")))
                .isEqualTo(defaults);
        assertThat(ConfigFile.withEnvironment(defaults, Map.of())).isEqualTo(defaults);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BERTH_GATEWAY_PORT | 65536 | gateway.port: 65536 (expected: 0 to 65535)
            BERTH_GATEWAY_PORT | -1 | gateway.port: -1 (expected: a whole number such as 7080)
            BERTH_MANAGEMENT_PORT | http | management.port: http (expected: a whole number such as 7081)
            BERTH_SIMULATOR_PORT | 7083.5 | simulator.port: 7083.5 (expected: a whole number such as 7083)
            BERTH_SIMULATOR_ENABLED | yes | simulator.enabled: yes (expected: true or false)
            BERTH_GATEWAY_ORIGINS | https://a.example, b | gateway.origins: b (expected: such as https://shop.example.com, without a path)
            BERTH_SESSIONS_UNUSED | 2 hours | sessions.unused: 2 hours (expected: a whole number with ms, s, m, h or d, such as 500ms, 15s or 2h)
            BERTH_LOGS_SERVER_SIZE | 10M | logs.server-size: 10M (expected: a whole number with B, KiB, MiB or GiB, such as 100KiB or 10MiB)
            BERTH_MANAGEMENT_KEPT_CALLS | 0 | management.kept-calls: 0 (expected: 1 to 100000)
            BERTH_RUNTIME_PORTS | 20000 | runtime.ports: 20000 (expected: such as 20000-29999)
            BERTH_WECHAT_BASE_URL | weixin | wechat.base-url: weixin (expected: such as https://api.weixin.qq.com)
            BERTH_GATEWAY_TLS | on | gateway.tls: on (expected: none or terminated)
            """)
    void aBadOneIsNamed(String variable, String value, String message) {
        assertThatThrownBy(() -> ConfigFile.withEnvironment(defaults, Map.of(variable, value)))
                .isInstanceOfSatisfying(BerthException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("CONFIG_INVALID");
                    assertThat(e.problem().message()).isEqualTo(variable + ": " + message);
                    assertThat(e.problem().hint()).contains("docs/configuration.md");
                });
    }
}
