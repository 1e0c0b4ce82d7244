package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        Process first = start();
        try {
            Browser browser = ready(first);
            for (int i = 0; i < 10; i++) {
                String code = code(browser);
                assertThat(exchange(browser, code)).contains("openid");
                used.add(code);
                unused.add(code(browser));
            }
            browser.send("POST", "/__sim__/users", "{\"name\":\"last\"}");
        } finally {
            first.destroyForcibly().waitFor();
        }

        Process second = start();
        try {
            Browser browser = ready(second);
            assertThat(used)
                    .allSatisfy(code -> assertThat(exchange(browser, code)).contains("40163"));
            assertThat(unused)
                    .allSatisfy(code -> assertThat(exchange(browser, code)).contains("openid"));
            assertThat(browser.get("/__sim__/users/last").status()).isEqualTo(200);
        } finally {
            second.destroy();
            assertThat(second.waitFor()).isEqualTo(143);
        }
    }

    @Test
    void wrongUsageIsExplained() throws Exception {
        Process process = start("--host", "0.0.0.0");

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(process.errorReader(StandardCharsets.UTF_8).readLine()).contains("host: 0.0.0.0");
    }

    private Process start(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName(),
                "--port=0",
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

    private static String code(Browser browser) {
        String body = "{\"appid\":\"%s\",\"user\":\"alice\"}".formatted(SHOP.appid());
        return browser.send("POST", "/__sim__/codes", body).json().getString("code");
    }

    private static String exchange(Browser browser, String code) {
        return browser.get("/sns/jscode2session?appid=%s&secret=%s&js_code=%s&grant_type=authorization_code"
                        .formatted(SHOP.appid(), SHOP.secret(), code))
                .body();
    }
}
