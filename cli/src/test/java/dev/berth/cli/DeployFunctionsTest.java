package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployFunctionsTest {
    private static final String FUNCTIONS = "/api/v1/environments/prod-01/functions";
    private static final String SUM = "POST " + FUNCTIONS + "/sum/versions";

    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();

    @BeforeEach
    void prepare() {
        server.describedIn(folder).on(SUM, """
                {"progress":"Installing dependencies: npm ci"}
                {"deployed":{"function":"sum","version":"sum-003","changed":true}}
                """).on("POST " + FUNCTIONS + "/add/versions", """
                {"progress":"config.json: x is not a setting that Berth knows"}
                {"deployed":{"function":"add","version":"add-001","changed":false}}
                """);
        write("cloudfunctions/sum/index.js");
        write("cloudfunctions/sum/lib/math.js");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void oneFunctionBelowItsRoot() throws Exception {
        Typed typed = Typed.in(folder, "deploy", "cloudfunctions/sum");
        assertThat(typed.err()).isEmpty();
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).isEqualTo("Installing dependencies: npm ci\nsum-003 deployed\n");
        assertThat(server.lastAsked().path()).isEqualTo(FUNCTIONS + "/sum/versions");
        assertThat(server.lastAsked().headers().getFirst("Content-Type")).isEqualTo("application/x-tar");
        assertThat(sent()).containsExactly("index.js", "lib/", "lib/math.js");
    }

    @Test
    void aFunctionAnywhereIfItIsSaid() {
        write("elsewhere/sum/index.js");
        assertThat(Typed.in(folder, "deploy", "elsewhere/sum", "--function").out())
                .endsWith("sum-003 deployed\n");
        assertThat(Typed.in(folder, "deploy", "elsewhere", "--function", "--name", "sum")
                        .out())
                .endsWith("sum-003 deployed\n");
    }

    @Test
    void allOfARootOneAfterTheOther() {
        write("cloudfunctions/add/index.js");
        Typed typed = Typed.in(folder, "deploy", "cloudfunctions");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).isEqualTo("""
                add: config.json: x is not a setting that Berth knows
                unchanged: still add-001
                sum: Installing dependencies: npm ci
                sum-003 deployed
                """);
        assertThat(Typed.in(folder, "deploy", "cloudfunctions", "--json").out()).isEqualTo("""
                {"deployed":{"function":"add","version":"add-001","changed":false}}
                {"deployed":{"function":"sum","version":"sum-003","changed":true}}
                """);
    }

    @Test
    void allOfAMiniProgramProject() throws Exception {
        Path project = Files.createDirectory(folder.resolve("shop"));
        Files.move(folder.resolve("cloudfunctions"), project.resolve("cloud"));
        Files.writeString(project.resolve("project.config.json"), "{\"cloudfunctionRoot\":\"cloud/\"}");
        assertThat(Typed.in(folder, "deploy", "shop").out()).endsWith("sum-003 deployed\n");
    }

    @Test
    void aRefusedOneDoesNotKeepTheOthersFromIt() {
        write("cloudfunctions/bad/index.js");
        write("cloudfunctions/none/readme.md");
        server.on("POST " + FUNCTIONS + "/bad/versions", """
                {"error":{"code":"FUNCTION_CONFIG_INVALID","component":"functions","message":"config.json: line 3","hint":"Correct it."}}
                """);
        Typed typed = Typed.in(folder, "deploy", "cloudfunctions");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).endsWith("sum-003 deployed\n");
        assertThat(typed.err())
                .startsWith("note: ")
                .contains("/none is no function")
                .endsWith("""
                error: bad: config.json: line 3
                  → Correct it.
                Not deployed: bad (why is said above).
                """);
    }

    @Test
    void oneWithAnUnsuitableNameDoesNotKeepTheOthersFromIt() {
        write("cloudfunctions/1st/index.js");
        Typed typed = Typed.in(folder, "deploy", "cloudfunctions");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).isEqualTo("sum: Installing dependencies: npm ci\nsum-003 deployed\n");
        assertThat(typed.err()).isEqualTo("""
                error: function: 1st (expected: letters, digits, - and _, first a letter, at most 60)
                  → Rename the folder %s, or deploy it by itself with --name.
                Not deployed: 1st (why is said above).
                """.formatted(folder.resolve("cloudfunctions/1st")));
    }

    @Test
    void oneThatIsRefusedAloneIsToldAsAnyError() {
        server.on(SUM, "{\"error\":{\"code\":\"X\",\"message\":\"config.json: line 3\",\"hint\":\"Correct it.\"}}");
        Typed typed = Typed.in(folder, "deploy", "cloudfunctions/sum");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).isEqualTo("error: config.json: line 3\n  → Correct it.\n");
    }

    @Test
    void handsTheOptionsOn() {
        server.on("GET /api/v1/environments/e2/functions", "{\"functions\":[]}")
                .on("POST /api/v1/environments/e2/functions/plus/versions", "{\"deployed\":{}}");
        Typed.in(
                folder,
                ("deploy cloudfunctions/sum --name plus --env e2 --timeout 20s --memory 512 --set A=b=c --set B= "
                                + "--no-install")
                        .split(" "));
        assertThat(server.lastAsked().path())
                .isEqualTo("/api/v1/environments/e2/functions/plus/versions?install=false&timeout=20s&memory=512"
                        + "&env=A%3Db%3Dc&env=B%3D");
        Typed.in(folder, "deploy", "cloudfunctions/sum", "--timeout", "5");
        assertThat(server.lastAsked().path()).endsWith("/sum/versions?timeout=5s");
    }

    @Test
    void aRefusedEnvironmentIsToldBeforeAnythingIsSent() {
        server.on(
                "GET /api/v1/environments/nope/functions",
                asked -> ServerDouble.refusal(404, "ENV_UNKNOWN", "environment: nope", "Add it."));
        assertThat(Typed.in(folder, "deploy", "cloudfunctions", "--env", "nope").err())
                .startsWith("error: environment: nope");
        assertThat(server.asked()).noneMatch(request -> request.method().equals("POST"));
    }

    @Test
    void optionsOfAServiceAreRefused() {
        for (String option : List.of(
                "--port=80",
                "--command=x",
                "--idle=1s",
                "--min=1",
                "--max=1",
                "--access=OA",
                "--release=full",
                "--weight=1")) {
            Typed typed = Typed.in(folder, "deploy", "cloudfunctions/sum", option);
            assertThat(typed.exitCode()).as(option).isEqualTo(2);
            assertThat(typed.err())
                    .startsWith("error: " + option.replaceAll("=.*", "") + ": an option of a service")
                    .contains("--timeout and --memory");
        }
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void optionsOfAFunctionAreRefusedForAService() {
        Typed typed = Typed.in(folder, "deploy", ".", "--timeout", "20s");
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err())
                .startsWith("error: --timeout: an option of a function")
                .contains("--function");
    }

    @Test
    void unsuitableValuesAreWrongUsage() {
        assertThat(Typed.in(folder, "deploy", "cloudfunctions", "--timeout", "20m")
                        .err())
                .startsWith("error: --timeout: 20m (expected: seconds, such as 20s)");
        assertThat(Typed.in(folder, "deploy", "cloudfunctions", "--memory", "64")
                        .err())
                .startsWith("error: --memory: 64 (expected: 128 to 2048, in MB)");
        assertThat(Typed.in(folder, "deploy", "cloudfunctions", "--name", "1st").exitCode())
                .isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    private List<String> sent() throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new ByteArrayInputStream(server.lastAsked().body()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private void write(String name) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "exports.main = async (event) => event\n");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
