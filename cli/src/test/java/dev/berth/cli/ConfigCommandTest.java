package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCommandTest {
    @TempDir
    private Path folder;

    @Test
    void everyValueIsPrintedWithItsSource() throws Exception {
        Files.writeString(folder.resolve("server.yaml"), "gateway: {port: 7180}\n");

        Typed typed = Typed.in(folder, Map.of("BERTH_LOGS_FORMAT", "json"), "", "config", "--config", "server.yaml");

        assertThat(typed.exitCode()).as(typed.err()).isZero();
        assertThat(typed.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "gateway:",
                        " port: 7180 # " + folder.resolve("server.yaml") + ":1:17",
                        " format: json # BERTH_LOGS_FORMAT",
                        " host: 127.0.0.1 # default",
                        " enabled: false # default");
    }

    @Test
    void whatIsPrintedCanBeReadAgain() throws Exception {
        String odd = folder.resolve("it's: a #1 folder").toString();
        Map<String, String> variables = Map.of(
                "BERTH_DATA", odd,
                "BERTH_GATEWAY_HOST", "::1",
                "BERTH_GATEWAY_ORIGINS", "https://a.example,http://b.example:8080",
                "BERTH_SESSIONS_UNUSED", "90s",
                "BERTH_WECHAT_BASE_URL", "http://127.0.0.1:7083");
        Typed first = Typed.in(folder, variables, "", "config", "--for", "up");
        Files.writeString(folder.resolve("printed.yaml"), first.out());

        Typed second = Typed.in(folder, "config", "--config", "printed.yaml");

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(values(second)).isEqualTo(values(first)).contains("'" + odd.replace("'", "''") + "'");
    }

    private static String values(Typed typed) {
        return typed.out().replaceAll(" +# [^\n]*(?=\n)", "");
    }

    @Test
    void theDefaultsOfUpAreAnother() throws Exception {
        assertThat(Typed.in(folder, "config", "--for", "up", "--json").out())
                .contains("{\"key\":\"simulator.enabled\",\"value\":true,\"source\":\"default\"");
        assertThat(Typed.in(folder, "config", "--json").out())
                .contains("{\"key\":\"simulator.enabled\",\"value\":false,\"source\":\"default\"");
    }

    @Test
    void allThatIsWrongIsTold() throws Exception {
        Files.writeString(folder.resolve("server.yaml"), "gateway: {prot: 1, host: ''}\n");

        Typed typed = Typed.in(folder, "config", "--config", "server.yaml");

        assertThat(typed.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(typed.err())
                .startsWith("error: 2 things in the configuration are wrong\n")
                .contains("did you mean 'port'?")
                .contains("gateway.host: empty")
                .contains("  → ");
    }

    @Test
    void aVariableThatIsNearlyAKeyIsWarnedOf() throws Exception {
        Typed typed = Typed.in(folder, Map.of("BERTH_GATEWAY_PROT", "1"), "", "config");

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.err()).startsWith("warning: BERTH_GATEWAY_PROT").contains("BERTH_GATEWAY_PORT?");
    }

    @Test
    void aRunningServerIsAskedForItsOwn() {
        try (ServerDouble server = new ServerDouble()) {
            server.describedIn(folder);
            server.on("GET /api/v1/config", """
                    {"settings":[{"key":"gateway.port","value":1,"source":"server.yaml:2:3","variable":"BERTH_GATEWAY_PORT"}]}""");

            assertThat(Typed.in(folder, "config", "--running").out())
                    .isEqualTo("gateway:\n  port: 1  # server.yaml:2:3\n");
        }
    }

    @Test
    void wrongUsageIsRefused() throws Exception {
        assertThat(Typed.in(folder, "config", "--running", "--for", "up").exitCode())
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(Typed.in(folder, "config", "--config", "x", "--for", "up").exitCode())
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(Typed.in(folder, "config", "--for", "down").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(Typed.in(folder, "config", "--running").exitCode()).isEqualTo(ExitCode.REFUSED);
    }
}
