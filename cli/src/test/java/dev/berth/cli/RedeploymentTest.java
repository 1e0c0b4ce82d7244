package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RedeploymentTest {
    private static final String SUM = "POST /api/v1/environments/prod-01/functions/sum/versions";

    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path code;

    @BeforeEach
    void prepare() throws Exception {
        server.describedIn(folder).on(SUM, deployed("sum-004", true));
        code = Files.createDirectories(folder.resolve("cloudfunctions/sum")).resolve("index.js");
        Files.writeString(code, "exports.main = () => 1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void deploysWhatWasSavedAndSaysSo() throws Exception {
        try (Redeployment redeployment = redeployment()) {
            redeployment.begin();
            Files.writeString(code, "exports.main = () => 2");
            await().untilAsserted(
                            () -> assertThat(text(out)).matches("↻ sum-004 deployed \\([0-9]+\\.[0-9]{2} s\\)\n"));
        }
        assertThat(server.lastAsked().path()).isEqualTo("/api/v1/environments/prod-01/functions/sum/versions");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void saysWhatTheServerSaysMeanwhile() throws Exception {
        server.on(
                SUM,
                "{\"progress\":\"config.json: timout is not a setting that Berth knows\"}\n"
                        + deployed("sum-004", true));
        try (Redeployment redeployment = redeployment()) {
            redeployment.begin();
            Files.writeString(code, "exports.main = () => 2");
            await().untilAsserted(() -> assertThat(text(out))
                    .startsWith("↻ sum: config.json: timout is not a setting that Berth knows\n↻ sum-004 deployed ("));
        }
    }

    @Test
    void deploysNothingBeforeItBeginsAndThenWhatWasSavedMeanwhile() throws Exception {
        try (Redeployment redeployment = redeployment()) {
            Files.writeString(code, "exports.main = () => 2");
            server.on(SUM, asked -> {
                assertThat(text(out)).isEqualTo("welcome\n");
                return ServerDouble.Answer.of(200, deployed("sum-005", true));
            });
            out.writeBytes("welcome\n".getBytes(StandardCharsets.UTF_8));
            redeployment.begin();
            await().untilAsserted(() -> assertThat(text(out)).startsWith("welcome\n↻ sum-005 deployed"));
        }
    }

    @Test
    void tellsARefusalAndGoesOn() throws Exception {
        server.on(SUM, "{\"error\":{\"code\":\"X\",\"message\":\"config.json: line 3\",\"hint\":\"Correct it.\"}}");
        try (Redeployment redeployment = redeployment()) {
            redeployment.begin();
            Files.writeString(code, "exports.main = (");
            await().untilAsserted(() -> assertThat(text(err))
                    .isEqualTo("error: ↻ sum is not deployed: config.json: line 3\n  → Correct it.\n"));
            server.on(SUM, deployed("sum-004", true));
            Files.writeString(code, "exports.main = () => 3");
            await().untilAsserted(() -> assertThat(text(out)).startsWith("↻ sum-004 deployed"));
        }
    }

    @Test
    void saysNothingOfWhatIsAsBefore() throws Exception {
        server.on(SUM, deployed("sum-003", false));
        try (Redeployment redeployment = redeployment()) {
            redeployment.begin();
            Files.writeString(code, "exports.main = () => 1");
            await().until(() -> !server.asked().isEmpty());
            server.on(SUM, deployed("sum-004", true));
            await().untilAsserted(() -> {
                Files.writeString(code, "exports.main = () => 2");
                assertThat(text(out)).startsWith("↻ sum-004 deployed");
            });
        }
        assertThat(text(out)).doesNotContain("sum-003");
    }

    @Test
    void saysThatAFolderHasAnUnsuitableNameAndFollowsTheOthers() throws Exception {
        server.on(SUM, deployed("sum-003", true));
        try (Redeployment redeployment = redeployment()) {
            redeployment.begin();
            Path unsuitable = Files.createDirectory(folder.resolve("cloudfunctions/1st"));
            Files.writeString(unsuitable.resolve("index.js"), "");
            await().untilAsserted(() ->
                    assertThat(text(err)).contains("↻ 1st is not deployed: function: 1st (expected: letters"));
            await().untilAsserted(() -> {
                Files.writeString(code, "exports.main = () => 2");
                assertThat(text(out)).startsWith("↻ sum-003 deployed");
            });
        }
    }

    @Test
    void saysThatAFunctionStaysWhoseFolderIsGone() throws Exception {
        server.on("GET /api/v1/environments/prod-01/functions/sum", "{\"name\":\"sum\"}");
        try (Redeployment redeployment = redeployment()) {
            redeployment.begin();
            Files.move(code.getParent(), folder.resolve("aside"));
            await().untilAsserted(
                            () -> assertThat(text(out))
                                    .isEqualTo(
                                            "↻ sum: its folder is gone; the function stays until: ./berth rm sum --function --env prod-01\n"));
        }
        assertThat(server.asked()).noneMatch(asked -> asked.method().equals("POST"));
    }

    @Test
    void saysThatAFunctionStaysWhoseHandlerIsGone() throws Exception {
        server.on("GET /api/v1/environments/prod-01/functions/sum", "{\"name\":\"sum\"}");
        try (Redeployment redeployment = redeployment()) {
            redeployment.begin();
            Files.delete(code);
            await().untilAsserted(
                            () -> assertThat(text(out))
                                    .isEqualTo(
                                            "↻ sum: the file of its handler is gone; the function stays until: ./berth rm sum --function --env prod-01\n"));
        }
    }

    @Test
    void saysNothingOfAFolderThatIsGoneAndNeverWasDeployed() throws Exception {
        String fresh = "/api/v1/environments/prod-01/functions/fresh";
        server.on("POST " + fresh + "/versions", asked -> ServerDouble.refusal(400, "X", "no", "Correct it."));
        server.on(
                "GET " + fresh, asked -> ServerDouble.refusal(404, "FUNCTION_UNKNOWN", "no", "Look at what there is."));
        try (Redeployment redeployment = redeployment()) {
            redeployment.begin();
            Path other = Files.createDirectory(folder.resolve("cloudfunctions/fresh"));
            Files.writeString(other.resolve("index.js"), "");
            await().untilAsserted(() -> assertThat(text(err)).contains("fresh is not deployed"));
            Files.move(other, folder.resolve("aside"));
            await().until(() ->
                    server.asked().stream().anyMatch(asked -> asked.path().equals(fresh)));
            Files.writeString(code, "exports.main = () => 2");
            await().untilAsserted(() -> assertThat(text(out)).startsWith("↻ sum-004 deployed"));
        }
    }

    private Redeployment redeployment() {
        Shell shell = new Shell(
                folder,
                Map.of(),
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        ManagementApi api = new ManagementApi(RunningServer.require(shell), new Http());
        FunctionFolders functions = FunctionFolders.find(folder.resolve("cloudfunctions"), false, Optional.empty())
                .orElseThrow();
        return new Redeployment(shell, " --env prod-01", new FunctionUpload(api, "prod-01"), functions);
    }

    private static String deployed(String version, boolean changed) {
        return "{\"deployed\":{\"function\":\"sum\",\"version\":\"%s\",\"changed\":%s}}".formatted(version, changed);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
