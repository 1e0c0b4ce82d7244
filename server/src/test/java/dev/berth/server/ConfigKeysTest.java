package dev.berth.server;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.gateway.AllowedMethods;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key, one by one, from the file and from the environment. */
final class ConfigKeysTest {
    /** For every key a value that is not its default, and what then holds. A key without an entry fails {@link #everyKeyIsTested}. */
    private static final Map<String, Map.Entry<String, Object>> KEYS = Map.ofEntries(
            entry("data", entry("/elsewhere", Path.of("/elsewhere"))),
            entry("gateway.host", entry("127.0.0.2", "127.0.0.2")),
            entry("gateway.port", entry("7280", 7280)),
            entry(
                    "gateway.origins",
                    entry(
                            "[https://a.example, 'http://b.example:8080']",
                            List.of("https://a.example", "http://b.example:8080"))),
            entry("gateway.tls", entry("terminated", Tls.TERMINATED)),
            entry(
                    "gateway.trusted-proxies",
                    entry("[10.0.0.0/8, 'fd00::/8', 192.0.2.1]", List.of("10.0.0.0/8", "fd00::/8", "192.0.2.1"))),
            entry("gateway.connections", entry("200", 200)),
            entry("gateway.head-within", entry("3s", Duration.ofSeconds(3))),
            entry("sessions.unused", entry("30m", Duration.ofMinutes(30))),
            entry("sessions.longest", entry("36h", Duration.ofHours(36))),
            entry("management.metrics", entry("off", MetricsAccess.OFF)),
            entry("management.kept-calls", entry("17", 17)),
            entry("logs.format", entry("json", LogFormat.JSON)),
            entry("logs.server-size", entry("100KiB", new DataSize(102_400))),
            entry("logs.server-files", entry("5", 5)),
            entry("logs.service-size", entry("2MiB", DataSize.ofMebibytes(2))),
            entry("management.host", entry("::1", "::1")),
            entry("management.port", entry("0", 0)),
            entry("management.tls", entry("terminated", Tls.TERMINATED)),
            entry("inward.host", entry("127.0.0.3", "127.0.0.3")),
            entry("inward.port", entry("7182", 7182)),
            entry("inward.own-addresses", entry("false", false)),
            entry("inward.trust-ca", entry("true", true)),
            entry("simulator.enabled", entry("true", true)),
            entry("simulator.port", entry("65535", 65_535)),
            entry("simulator.accept-unknown-codes", entry("true", true)),
            entry("wechat.base-url", entry("https://wechat.example", "https://wechat.example")),
            entry("wechat.connections", entry("8", 8)),
            entry("wechat.answer-within", entry("5s", Duration.ofSeconds(5))),
            entry("runtime.ports", entry("30000-30099", "30000-30099")),
            entry("runtime.ready-within", entry("2m", Duration.ofMinutes(2))),
            entry("runtime.stop-grace", entry("30s", Duration.ofSeconds(30))),
            entry("functions.concurrency", entry("5", 5)),
            entry("functions.longest", entry("20s", Duration.ofSeconds(20))),
            entry("functions.load-within", entry("30s", Duration.ofSeconds(30))),
            entry("functions.warm", entry("2", 2)),
            entry("functions.keep-idle", entry("1h", Duration.ofHours(1))),
            entry("functions.idle-memory", entry("256MiB", DataSize.ofMebibytes(256))),
            entry("functions.time-zone", entry("UTC", "UTC")),
            entry("compat.callcontainer-methods", entry("strict", AllowedMethods.STRICT)),
            entry("compat.openapi-deny", entry("502", UnlistedPath.STATUS_502)));

    @TempDir
    private Path folder;

    @Test
    void everyKeyIsTested() {
        assertThat(ConfigKeys.of(ServerConfig.forServe(folder)).keySet())
                .containsExactlyInAnyOrderElementsOf(KEYS.keySet());
    }

    @Test
    void everyKeyOfTheFileWins() throws Exception {
        for (var key : KEYS.entrySet()) {
            ServerConfig read = ConfigFile.read(
                    ServerConfig.forServe(folder),
                    Files.writeString(
                            folder.resolve("server.yaml"),
                            yaml(key.getKey(), key.getValue().getKey())));

            assertThat(value(read, key.getKey()))
                    .as(key.getKey())
                    .isEqualTo(key.getValue().getValue());
            assertThat(value(ServerConfig.forServe(folder), key.getKey()))
                    .as(key.getKey())
                    .isNotEqualTo(value(read, key.getKey()));
            assertThat(others(read, key.getKey()))
                    .as(key.getKey())
                    .isEqualTo(others(ServerConfig.forServe(folder), key.getKey()));
        }
    }

    @Test
    void everyKeyOfTheEnvironmentWins() {
        for (var key : KEYS.entrySet()) {
            String text = key.getValue().getKey().replaceAll("[\\[\\]']", "");
            ServerConfig read = ConfigFile.withEnvironment(
                    ServerConfig.forServe(folder), Map.of(ConfigVariables.nameOf(key.getKey()), text));

            assertThat(value(read, key.getKey()))
                    .as(key.getKey())
                    .isEqualTo(key.getValue().getValue());
            assertThat(others(read, key.getKey()))
                    .as(key.getKey())
                    .isEqualTo(others(ServerConfig.forServe(folder), key.getKey()));
        }
    }

    private static String yaml(String key, String value) {
        int dot = key.indexOf('.');
        String quoted = value.startsWith("::") ? "'" + value + "'" : value;
        return dot < 0
                ? key + ": " + quoted
                : key.substring(0, dot) + ": {" + key.substring(dot + 1) + ": " + quoted + "}";
    }

    private static Object value(ServerConfig config, String key) {
        return switch (key) {
            case "data" -> config.data();
            case "gateway.host" -> config.gateway().host();
            case "gateway.port" -> config.gateway().port();
            case "gateway.origins" -> config.gateway().origins();
            case "gateway.tls" -> config.gateway().tls();
            case "gateway.trusted-proxies" -> config.gateway().trustedProxies();
            case "gateway.connections" -> config.gateway().connections();
            case "gateway.head-within" -> config.gateway().headWithin();
            case "sessions.unused" -> config.sessions().unused();
            case "sessions.longest" -> config.sessions().longest();
            case "management.host" -> config.management().host();
            case "management.port" -> config.management().port();
            case "management.tls" -> config.management().tls();
            case "management.metrics" -> config.management().metrics();
            case "management.kept-calls" -> config.management().keptCalls();
            case "inward.host" -> config.inward().host();
            case "inward.port" -> config.inward().port();
            case "inward.own-addresses" -> config.inward().ownAddresses();
            case "inward.trust-ca" -> config.inward().trustCa();
            case "simulator.enabled" -> config.simulator().enabled();
            case "simulator.port" -> config.simulator().port();
            case "simulator.accept-unknown-codes" -> config.simulator().acceptUnknownCodes();
            case "wechat.base-url" -> config.wechat().baseUrl();
            case "wechat.connections" -> config.wechat().connections();
            case "wechat.answer-within" -> config.wechat().answerWithin();
            case "runtime.ports" -> config.runtime().ports();
            case "runtime.ready-within" -> config.runtime().readyWithin();
            case "runtime.stop-grace" -> config.runtime().stopGrace();
            case "functions.concurrency" -> config.functions().concurrency();
            case "functions.longest" -> config.functions().longest();
            case "functions.load-within" -> config.functions().loadWithin();
            case "functions.warm" -> config.functions().warm();
            case "functions.keep-idle" -> config.functions().keepIdle();
            case "functions.idle-memory" -> config.functions().idleMemory();
            case "functions.time-zone" -> config.functions().timeZone();
            case "logs.format" -> config.logs().format();
            case "logs.server-size" -> config.logs().serverSize();
            case "logs.server-files" -> config.logs().serverFiles();
            case "logs.service-size" -> config.logs().serviceSize();
            case "compat.callcontainer-methods" -> config.compat().callcontainerMethods();
            case "compat.openapi-deny" -> config.compat().openapiDeny();
            default -> throw new AssertionError("a new key: " + key);
        };
    }

    private static List<Object> others(ServerConfig config, String key) {
        return KEYS.keySet().stream()
                .filter(other -> !other.equals(key))
                .sorted()
                .map(other -> value(config, other))
                .toList();
    }
}
