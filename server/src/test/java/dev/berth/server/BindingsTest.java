package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BindingsTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "localhost", "::1", "[::1]", "::ffff:127.0.0.1"})
    void loopbackIsSafe(String host) {
        assertThatCode(() -> Bindings.requireSafe(config("gateway", host, "none")))
                .doesNotThrowAnyException();
        assertThatCode(() -> Bindings.requireSafe(config("management", host, "none")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0",
                "::",
                "[::]",
                "192.0.2.1",
                "10.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:0.0.0.0",
                "2001:db8::1"
            })
    void beyondLoopbackThereMustBeTls(String host) {
        assertThat(refusal(config("gateway", host, "none")).code()).isEqualTo("BINDING_UNSAFE");
        assertThat(refusal(config("management", host, "none")).code()).isEqualTo("BINDING_UNSAFE");
        assertThatCode(() -> Bindings.requireSafe(config("gateway", host, "terminated")))
                .doesNotThrowAnyException();
        assertThatCode(() -> Bindings.requireSafe(config("management", host, "terminated")))
                .doesNotThrowAnyException();
    }

    @Test
    void theTlsOfOneDoorIsNotThatOfTheOther() {
        ServerConfig config = ConfigFile.withEnvironment(
                config("gateway", "0.0.0.0", "none"), Map.of("BERTH_MANAGEMENT_TLS", "terminated"));

        assertThat(refusal(config).message()).startsWith("gateway.host: 0.0.0.0");
    }

    @Test
    void nobodyBeyondLoopbackSignsInWithAnInventedCode() {
        ServerConfig simulated = ConfigFile.withEnvironment(
                config("gateway", "0.0.0.0", "terminated"),
                Map.of("BERTH_SIMULATOR_ENABLED", "true", "BERTH_SIMULATOR_ACCEPT_UNKNOWN_CODES", "true"));

        assertThat(refusal(simulated).code()).isEqualTo("BINDING_UNSAFE");
        assertThat(refusal(simulated).hint()).contains("simulator.accept-unknown-codes: false");
        assertThatCode(() -> Bindings.requireSafe(
                        ConfigFile.withEnvironment(simulated, Map.of("BERTH_SIMULATOR_ACCEPT_UNKNOWN_CODES", "false"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "::ffff:10.0.0.1"})
    void theDoorOfInstancesIsForThisMachineOnly(String host) {
        Problem problem =
                refusal(ConfigFile.withEnvironment(ServerFixture.config(data), Map.of("BERTH_INWARD_HOST", host)));

        assertThat(problem.code()).isEqualTo("BINDING_UNSAFE");
        assertThat(problem.message()).startsWith("inward.host: " + host);
        assertThat(problem.hint()).contains("inward.host: 127.0.0.1");
    }

    @Test
    void metricsBeyondLoopbackNeedTheToken() {
        ServerConfig open = ConfigFile.withEnvironment(
                config("management", "0.0.0.0", "terminated"), Map.of("BERTH_MANAGEMENT_METRICS", "open"));

        assertThat(refusal(open).code()).isEqualTo("BINDING_UNSAFE");
        assertThat(refusal(open).message()).startsWith("management.metrics: open");
        assertThatCode(() -> Bindings.requireSafe(ConfigFile.withEnvironment(
                        config("management", "::1", "none"), Map.of("BERTH_MANAGEMENT_METRICS", "open"))))
                .doesNotThrowAnyException();
    }

    @Test
    void aNameIsBoundByTheAddressThatWasJudged() {
        assertThat(Bindings.address("gateway", "localhost")).isEqualTo("127.0.0.1");
        assertThat(Bindings.address("gateway", "[::1]")).isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(Bindings.address("gateway", "::ffff:127.0.0.1")).isEqualTo("127.0.0.1");
    }

    @Test
    void theSimulatorCannotBeBoundElsewhere() throws Exception {
        assertThat(ConfigKeys.of(ServerFixture.config(data)).keySet()).doesNotContain("simulator.host");
        try (ServerFixture server = ServerFixture.start(data)) {
            assertThat(server.door("simulator").getHost()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void theRefusalSaysHowToMendIt() {
        Problem problem = refusal(config("management", "0.0.0.0", "none"));

        assertThat(problem.message())
                .isEqualTo(
                        "management.host: 0.0.0.0 can be reached from other machines, and nothing there speaks TLS (expected: 127.0.0.1, or management.tls: terminated)");
        assertThat(problem.hint()).contains("management.host: 127.0.0.1").contains("management.tls: terminated");
    }

    @Test
    void aHostThatIsNoneIsAFaultOfTheConfiguration() {
        assertThat(refusal(config("gateway", "no such host", "none")).code()).isEqualTo("CONFIG_INVALID");
    }

    @Test
    void anUnsafeServerOpensNothing() throws Exception {
        Path untouched = data.resolve("new");
        ServerConfig config =
                ConfigFile.withEnvironment(ServerFixture.config(untouched), Map.of("BERTH_GATEWAY_HOST", "0.0.0.0"));

        assertThat(FailedStartTest.refusal(config).code()).isEqualTo("BINDING_UNSAFE");
        assertThat(Files.exists(untouched)).isFalse();
    }

    @Test
    void aServerBehindAProxyIsReachedThroughLoopbackOnItsMachine() throws Exception {
        ServerConfig config = ConfigFile.withEnvironment(
                ServerFixture.config(data),
                Map.of(
                        "BERTH_GATEWAY_HOST", "0.0.0.0",
                        "BERTH_GATEWAY_TLS", "terminated",
                        "BERTH_SIMULATOR_ACCEPT_UNKNOWN_CODES", "false"));

        try (ServerFixture server = ServerFixture.start(config)) {
            assertThat(server.door("gateway").getHost()).isEqualTo("127.0.0.1");
            assertThat(server.call("demo", "/", server.session("alice")).body()).contains("-501000");
        }
    }

    private ServerConfig config(String door, String host, String tls) {
        String prefix = "gateway".equals(door) ? "BERTH_GATEWAY_" : "BERTH_MANAGEMENT_";
        return ConfigFile.withEnvironment(
                ServerFixture.config(data),
                Map.of(prefix + "HOST", host, prefix + "TLS", tls, "BERTH_SIMULATOR_ACCEPT_UNKNOWN_CODES", "false"));
    }

    private static Problem refusal(ServerConfig config) {
        try {
            Bindings.requireSafe(config);
        } catch (BerthException e) {
            return e.problem();
        }
        throw new AssertionError("accepted: " + config);
    }
}
