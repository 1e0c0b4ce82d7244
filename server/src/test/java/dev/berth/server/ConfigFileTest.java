package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {
    @TempDir
    private Path folder;

    @Test
    void upIsOfflineAndServeIsNot() {
        ServerConfig up = ServerConfig.forUp(folder);
        ServerConfig serve = ServerConfig.forServe(folder);

        assertThat(up.simulator()).isEqualTo(new ServerConfig.Simulator(true, 7083, true));
        assertThat(serve.simulator()).isEqualTo(new ServerConfig.Simulator(false, 7083, false));
        assertThat(List.of(up.gateway(), up.management())).isEqualTo(List.of(serve.gateway(), serve.management()));
        assertThat(serve.gateway()).isEqualTo(new ServerConfig.Gateway("127.0.0.1", 7080, List.of(), Tls.NONE));
        assertThat(serve.management()).isEqualTo(new ServerConfig.Management("127.0.0.1", 7081, Tls.NONE));
        assertThat(serve.data()).isEqualTo(folder.resolve(".berth"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            gateway: {portt: 1} | gateway.portt: unknown key; did you mean 'port'? (expected one of: host, origins, port, tls)
            gateway: {prot: 1} | gateway.prot: unknown key; did you mean 'port'? (expected one of: host, origins, port, tls)
            gatway: {port: 1} | gatway: unknown key; did you mean 'gateway'? (expected one of: compat, data, gateway, management, runtime, simulator, wechat)
            wechat: {baseUrl: x} | wechat.baseUrl: unknown key; did you mean 'base-url'? (expected one of: base-url)
            gateway: {colour: red} | gateway.colour: unknown key (expected one of: host, origins, port, tls)
            gateway: {port: abc} | gateway.port: "abc" (expected: a whole number such as 7080)
            gateway: {port: '7080'} | gateway.port: "7080" (expected: a whole number such as 7080)
            gateway: {port: 1.5} | gateway.port: 1.5 (expected: a whole number such as 7080)
            gateway: {port: true} | gateway.port: true (expected: a whole number such as 7080)
            gateway: {port: 99999999999} | gateway.port: 99999999999 (expected: a whole number such as 7080)
            gateway: {port: } | gateway.port: null (expected: a whole number such as 7080)
            gateway: {port: 65536} | gateway.port: 65536 (expected: 0 to 65535)
            management: {port: -1} | management.port: -1 (expected: 0 to 65535)
            simulator: {port: 70000} | simulator.port: 70000 (expected: 0 to 65535)
            simulator: {enabled: 1} | simulator.enabled: 1 (expected: true or false)
            simulator: {enabled: 'true'} | simulator.enabled: "true" (expected: true or false)
            gateway: {host: 5} | gateway.host: 5 (expected: text; put it into quotes)
            gateway: {host: ''} | gateway.host: empty (expected: an address such as 127.0.0.1)
            gateway: {origins: 'https://a.example'} | gateway.origins: "https://a.example" (expected: a list of texts such as [a, b])
            gateway: {origins: [5]} | gateway.origins: [5] (expected: a list of texts such as [a, b])
            gateway: {origins: ['https://a.example/']} | gateway.origins: https://a.example/ (expected: such as https://shop.example.com, without a path)
            gateway: {tls: maybe} | gateway.tls: maybe (expected: none or terminated)
            gateway: 7080 | gateway: 7080 (expected: a section with keys)
            wechat: {base-url: api.weixin.qq.com} | wechat.base-url: api.weixin.qq.com (expected: such as https://api.weixin.qq.com)
            runtime: {ports: 20000} | runtime.ports: 20000 (expected: text; put it into quotes)
            runtime: {ports: 300-200} | runtime.ports: 300-200 (expected: such as 20000-29999)
            compat: {callcontainer-methods: all} | compat.callcontainer-methods: all (expected: documented or strict)
            data: [x] | data: ["x"] (expected: text; put it into quotes)
            [gateway] | no keys (expected: such as gateway: {port: 7080})
            """)
    void whatIsWrongIsNamedWithWhatIsExpected(String yaml, String message) throws Exception {
        Problem problem = refusal(yaml);

        assertThat(problem.code()).isEqualTo("CONFIG_INVALID");
        assertThat(problem.message()).isEqualTo(folder.resolve("server.yaml") + ": " + message);
    }

    @Test
    void whatIsNotYamlIsNamedWithItsLine() throws Exception {
        assertThat(refusal("gateway:\n  port: [").message()).startsWith(folder.resolve("server.yaml") + ", line ");
        assertThat(refusal("gateway: {port: 1}\ngateway: {port: 2}").message())
                .contains("Duplicate")
                .contains("line 2");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"``", "`# nothing`", "`---`", "`{}`", "`gateway:`", "`gateway: {}`", "`null`"})
    void aFileThatSaysNothingLeavesTheDefaults(String yaml) throws Exception {
        assertThat(read(yaml)).isEqualTo(ServerConfig.forServe(folder));
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        Problem problem = problemOf(folder.resolve("none.yaml"));

        assertThat(problem.code()).isEqualTo("CONFIG_INVALID");
        assertThat(problem.message()).isEqualTo(folder.resolve("none.yaml") + ": there is no such file");
    }

    @Test
    void aFolderIsNoFile() {
        assertThat(problemOf(folder).message()).contains("cannot be read");
    }

    @Test
    void dataIsRelativeToTheCurrentFolder() throws Exception {
        Path data = read("data: var/berth").data();

        assertThat(data).isEqualTo(Path.of("var/berth"));
        assertThat(data.toAbsolutePath()).isEqualTo(Path.of(System.getProperty("user.dir"), "var/berth"));
        assertThat(read("data: 'a:b'").data()).isEqualTo(Path.of("a:b"));
    }

    private ServerConfig read(String yaml) throws IOException {
        return ConfigFile.read(ServerConfig.forServe(folder), Files.writeString(folder.resolve("server.yaml"), yaml));
    }

    private Problem refusal(String yaml) throws IOException {
        return problemOf(Files.writeString(folder.resolve("server.yaml"), yaml));
    }

    private Problem problemOf(Path file) {
        try {
            throw new AssertionError("read: " + ConfigFile.read(ServerConfig.forServe(folder), file));
        } catch (BerthException e) {
            return e.problem();
        }
    }
}
