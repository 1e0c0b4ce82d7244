package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        assertThat(serve.gateway())
                .isEqualTo(new ServerConfig.Gateway(
                        "127.0.0.1", 7080, List.of(), Tls.NONE, List.of(), 10_000, Duration.ofSeconds(10)));
        assertThat(serve.management())
                .isEqualTo(new ServerConfig.Management("127.0.0.1", 7081, Tls.NONE, MetricsAccess.TOKEN, 1000));
        assertThat(serve.data()).isEqualTo(folder.resolve(".berth"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            gateway: {portt: 1} | 1:11: gateway.portt: unknown key; did you mean 'port'? (expected one of: connections, head-within, host, origins, port, tls, trusted-proxies)
            gateway: {prot: 1} | 1:11: gateway.prot: unknown key; did you mean 'port'? (expected one of: connections, head-within, host, origins, port, tls, trusted-proxies)
            gatway: {port: 1} | 1:1: gatway: unknown key; did you mean 'gateway'? (expected one of: compat, data, functions, gateway, inward, logs, management, runtime, sessions, simulator, wechat)
            wechat: {baseUrl: x} | 1:10: wechat.baseUrl: unknown key; did you mean 'base-url'? (expected one of: answer-within, base-url, connections)
            gateway: {colour: red} | 1:11: gateway.colour: unknown key (expected one of: connections, head-within, host, origins, port, tls, trusted-proxies)
            gateway.port: 1 | 1:1: gateway.port: this is written gateway: {port: …}
            gateway: {port: abc} | 1:17: gateway.port: abc (expected: a whole number such as 7080)
            gateway: {port: '7080'} | 1:17: gateway.port: '7080' (expected: a whole number such as 7080)
            gateway: {port: 1.5} | 1:17: gateway.port: 1.5 (expected: a whole number such as 7080)
            gateway: {port: true} | 1:17: gateway.port: true (expected: a whole number such as 7080)
            gateway: {port: 99999999999} | 1:17: gateway.port: 99999999999 (expected: a whole number such as 7080)
            gateway: {port: } | 1:16: gateway.port: nothing (expected: a whole number such as 7080)
            gateway: {port: 65536} | 1:17: gateway.port: 65536 (expected: 0 to 65535)
            management: {port: -1} | 1:20: management.port: -1 (expected: a whole number such as 7081)
            simulator: {port: 70000} | 1:19: simulator.port: 70000 (expected: 0 to 65535)
            simulator: {enabled: 1} | 1:22: simulator.enabled: 1 (expected: true or false)
            simulator: {enabled: 'true'} | 1:22: simulator.enabled: 'true' (expected: true or false)
            gateway: {host: 5} | 1:17: gateway.host: 5 (expected: text; put it into quotes)
            gateway: {host: ''} | 1:17: gateway.host: empty (expected: an address such as 127.0.0.1)
            gateway: {origins: 'https://a.example'} | 1:20: gateway.origins: 'https://a.example' (expected: a list of texts such as [a, b])
            gateway: {origins: [5]} | 1:20: gateway.origins: [5] (expected: a list of texts such as [a, b])
            gateway: {origins: ['https://a.example/']} | 1:20: gateway.origins: https://a.example/ (expected: such as https://shop.example.com, without a path)
            gateway: {tls: maybe} | 1:16: gateway.tls: maybe (expected: none or terminated)
            gateway: 7080 | 1:10: gateway: 7080 (expected: a section with keys)
            wechat: {base-url: api.weixin.qq.com} | 1:20: wechat.base-url: api.weixin.qq.com (expected: such as https://api.weixin.qq.com)
            wechat: {base-url: 'https://me:secret@weixin'} | 1:20: wechat.base-url: https://…@weixin (expected: such as https://api.weixin.qq.com)
            runtime: {ports: 20000} | 1:18: runtime.ports: 20000 (expected: text; put it into quotes)
            runtime: {ports: 300-200} | 1:18: runtime.ports: 300-200 (expected: such as 20000-29999)
            sessions: {unused: 15} | 1:20: sessions.unused: 15 (expected: a whole number with ms, s, m, h or d, such as 500ms, 15s or 2h)
            sessions: {unused: 15 min} | 1:20: sessions.unused: 15 min (expected: a whole number with ms, s, m, h or d, such as 500ms, 15s or 2h)
            sessions: {unused: 1.5h} | 1:20: sessions.unused: 1.5h (expected: a whole number with ms, s, m, h or d, such as 500ms, 15s or 2h)
            sessions: {unused: 15s} | 1:20: sessions.unused: 15s (expected: 1m to 365d)
            sessions: {unused: 999999999d} | 1:20: sessions.unused: 999999999d (expected: 1m to 365d)
            sessions: {unused: 8d} | 1:20: sessions.unused: 8d (expected: <= sessions.longest, which is 7d)
            sessions: {longest: 1h} | 1:21: sessions.unused: 2h (expected: <= sessions.longest, which is 1h)
            logs: {server-size: 100KB} | 1:21: logs.server-size: 100KB (expected: a whole number with B, KiB, MiB or GiB, such as 100KiB or 10MiB)
            logs: {server-size: 10mib} | 1:21: logs.server-size: 10mib (expected: a whole number with B, KiB, MiB or GiB, such as 100KiB or 10MiB)
            logs: {server-size: 10} | 1:21: logs.server-size: 10 (expected: a whole number with B, KiB, MiB or GiB, such as 100KiB or 10MiB)
            logs: {server-size: 1KiB} | 1:21: logs.server-size: 1KiB (expected: 64KiB to 1GiB)
            logs: {format: xml} | 1:16: logs.format: xml (expected: text or json)
            management: {metrics: on} | 1:23: management.metrics: on (expected: token or open or off)
            compat: {callcontainer-methods: all} | 1:33: compat.callcontainer-methods: all (expected: documented or strict)
            data: [x] | 1:7: data: [x] (expected: text; put it into quotes)
            [gateway] | 1:1: no keys (expected: such as gateway: {port: 7080})
            """)
    void whatIsWrongIsNamedWithItsPlaceAndWhatIsExpected(String yaml, String message) throws Exception {
        Problem problem = refusal(yaml);

        assertThat(problem.code()).isEqualTo("CONFIG_INVALID");
        assertThat(problem.message()).isEqualTo(folder.resolve("server.yaml") + ":" + message);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"``", "`# nothing`", "`---`", "`{}`", "`gateway:`", "`gateway: {}`", "`null`"})
    void aFileThatSaysNothingLeavesTheDefaults(String yaml) throws Exception {
        assertThat(read(yaml)).isEqualTo(ServerConfig.forServe(folder));
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
