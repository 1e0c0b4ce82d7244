package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no configuration at all, and files in which several things are wrong. */
@Timeout(60)
final class ConfigFaultsTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("server.yaml");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws Exception {
        Files.writeString(file, """
                gateway:
                  port: high
                  prot: 7080
                  host: ''
                logs: {server-size: 10MB, format: xml}
                """);

        assertThat(refusal(Map.of("BERTH_SIMULATOR_PORT", "x", "BERTH_DATA", "/data"))
                        .message()
                        .replace(file.toString(), "FILE"))
                .isEqualTo("""
                        6 things in the configuration are wrong
                          FILE:2:9: gateway.port: high (expected: a whole number such as 7080)
                          FILE:3:3: gateway.prot: unknown key; did you mean 'port'? (expected one of: connections, head-within, host, origins, port, tls, trusted-proxies)
                          FILE:4:9: gateway.host: empty (expected: an address such as 127.0.0.1)
                          FILE:5:21: logs.server-size: 10MB (expected: a whole number with B, KiB, MiB or GiB, such as 100KiB or 10MiB)
                          FILE:5:35: logs.format: xml (expected: text or json)
                          BERTH_SIMULATOR_PORT: simulator.port: x (expected: a whole number such as 7083)""");
    }

    @Test
    void aKeyWrittenTwiceIsNamedWithBothPlaces() throws Exception {
        Files.writeString(file, "gateway: {port: 1}\ngateway: {port: 2}\n");
        assertThat(refusal().message()).isEqualTo(file + ":2:1: gateway: written twice (first at " + file + ":1:1)");

        Files.writeString(file, "gateway:\n  port: 1\n  port: 1\n");
        assertThat(refusal().message())
                .isEqualTo(file + ":3:3: gateway.port: written twice (first at " + file + ":2:3)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway:\n  port: [",
                "gateway: {port: 1",
                "gateway:\n\tport: 1",
                "a: b: c",
                "gateway: *nowhere",
                "--- {}\n--- {}",
                "gateway:\n  port: 'x",
                "%YAML 9.9\n--- {}"
            })
    void whatIsNotYamlIsNamedWithItsPlace(String yaml) throws Exception {
        Files.writeString(file, yaml);

        assertThat(refusal().message()).matches("\\Q" + file + "\\E:[0-9]+:[0-9]+: no YAML: [^\\n]+");
    }

    @Test
    void aTabIsCalledOne() throws Exception {
        Files.writeString(file, "gateway:\n\tport: 1\n");

        assertThat(refusal().message())
                .isEqualTo(file + ":2:1: no YAML: a tab (expected: spaces, also for indentation)");
    }

    @Test
    void anchorsAreNotUnfolded() throws Exception {
        StringBuilder bomb = new StringBuilder("data: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append(
                    "k%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9)));
        }
        Files.writeString(file, bomb);

        assertThat(refusal().message()).startsWith(file + ": no YAML: Number of aliases");

        Files.writeString(file, "data: x\nk: &k [x, x]\nlogs: [*k, *k]\n");
        assertThat(refusal().message()).startsWith("2 things").contains(":3:7: logs: [*k, *k] (");
    }

    @Test
    void whatHoldsItselfEnds() throws Exception {
        Files.writeString(file, "gateway: &g {port: *g, origins: &o [*o]}\n");

        assertThat(refusal().message()).contains("gateway.port: &g {").contains("gateway.origins: &o [*o] (");
    }

    @Test
    void whatIsNestedTooDeepIsNoYaml() throws Exception {
        Files.writeString(file, "data: " + "[".repeat(100_000));

        assertThat(refusal().message()).contains("no YAML: ").doesNotContain("\n");
    }

    @Test
    void aHugeFileIsNotRead() throws Exception {
        Files.writeString(file, "# " + "x".repeat(1024 * 1024));

        assertThat(refusal().message()).isEqualTo(file + ": over 1048576 bytes (expected: a YAML file)");
    }

    @Test
    void aBinaryFileIsNoText() throws Exception {
        Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, (byte) 0xff});
        assertThat(refusal().message()).isEqualTo(file + ": is not text in UTF-8 (expected: a YAML file)");

        Files.write(file, "gateway: {host: \u0000}".getBytes(StandardCharsets.UTF_8));
        assertThat(refusal().message()).startsWith(file + ": no YAML: ").doesNotContain("\n");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() throws Exception {
        Files.writeString(file, "\ufeffgateway: {port: 1}\n");

        assertThat(load(Map.of()).values().gateway().port()).isEqualTo(1);
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        assertThat(refusal().message()).isEqualTo(file + ": there is no such file");
    }

    @Test
    void aFolderIsNoFile() throws Exception {
        Files.createDirectory(file);

        assertThat(refusal().message()).isEqualTo(file + ": is a folder (expected: a YAML file)");
    }

    private Configuration load(Map<String, String> environment) {
        return Configuration.load(ServerConfig.forServe(folder), Optional.of(file), environment);
    }

    private Problem refusal() {
        return refusal(Map.of());
    }

    private Problem refusal(Map<String, String> environment) {
        try {
            throw new AssertionError("read: " + load(environment));
        } catch (BerthException e) {
            assertThat(e.problem().code()).isEqualTo("CONFIG_INVALID");
            assertThat(e.problem().hint()).isNotBlank();
            return e.problem();
        }
    }
}
