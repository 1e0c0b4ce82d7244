package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a process of its own. */
class SimulatorMainTest {
    private static final App SHOP = App.miniProgram("wx1111111111111111", "shop-secret");

    @TempDir
    Path folder = Path.of("");

    @Test
    void whatItAcknowledgedSurvivesKill9() throws Exception {
        List<String> used = new ArrayList<>();
        List<String> unused = new ArrayList<>();
        Process first = start("--port=0");
        try {
            Browser browser = ready(first);
            for (int i = 0; i < 10; i++) {
                String code = browser.code(SHOP, "alice");
                assertThat(browser.exchange(SHOP, code).body()).contains("openid");
                used.add(code);
                unused.add(browser.code(SHOP, "alice"));
            }
            browser.send("POST", "/__sim__/users", "{\"name\":\"last\"}");
        } finally {
            first.destroyForcibly().waitFor();
        }

        Process second = start("--port=0");
        try {
            Browser browser = ready(second);
            assertThat(used)
                    .allSatisfy(code ->
                            assertThat(browser.exchange(SHOP, code).body()).contains("40163"));
            assertThat(unused)
                    .allSatisfy(code ->
                            assertThat(browser.exchange(SHOP, code).body()).contains("openid"));
            assertThat(browser.get("/__sim__/users/last").status()).isEqualTo(200);
        } finally {
            second.destroy();
            assertThat(second.waitFor()).isEqualTo(143);
        }
    }

    @Test
    void wrongUsageIsExplained() throws Exception {
        Process process = start("--port=0", "--host", "0.0.0.0");

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(process.errorReader(StandardCharsets.UTF_8).readLine()).contains("host: 0.0.0.0");
    }

    @Test
    void anUnknownOptionIsWrongUsage() throws Exception {
        Process process = start("--acept-unknown-codes");

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(process.errorReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n")))
                .contains("--acept-unknown-codes");
    }

    @Test
    void aPortInUseEndsItWithTheReason() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start("--port=" + taken.getLocalPort());

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(process.errorReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n")))
                    .contains("127.0.0.1:" + taken.getLocalPort(), "--port");
        }
    }

    @Test
    void codesOfDevToolsAreTakenWhenAskedTo() throws Exception {
        Process process = start("--port=0", "--accept-unknown-codes");
        try {
            assertThat(ready(process).exchange(SHOP, "fromDevTools").json().getString("openid"))
                    .isEqualTo(Identity.openid(SHOP.appid(), "alice"));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aSeedRepeatsTheRun() throws Exception {
        List<String> tokens = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Process process = start("--port=0", "--seed=42");
            try {
                Browser browser = ready(process);
                browser.send("POST", "/__sim__/reset", "");
                tokens.add(Asker.token(browser, SHOP));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        assertThat(tokens.getFirst()).isEqualTo(tokens.getLast());
    }

    private Process start(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName(),
                "--database=" + folder.resolve("simulator.db"),
                "--app=" + SHOP.appid() + "=" + SHOP.secret(),
                "--user=alice"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).start();
    }

    private static Browser ready(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = String.valueOf(out.readLine());
        assertThat(line).startsWith("simulator ready: http://127.0.0.1:");
        return new Browser(line.substring(line.indexOf("http")));
    }
}
