package dev.berth.functions;

import static dev.berth.functions.FunctionRoom.CODE;
import static dev.berth.functions.FunctionRoom.NEEDS_SDK;
import static dev.berth.functions.FunctionRoom.SUM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.artifacts.ContentDigest;
import dev.berth.artifacts.Trees;
import dev.berth.core.FunctionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SharedModulesTest {
    private static final String ASKS_SDK = "console.log(require('wx-server-sdk'))";

    @TempDir
    Path temp;

    private FunctionRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new FunctionRoom(temp);
    }

    private static FunctionId function(int number) {
        return new FunctionId("prod-01", "f" + number);
    }

    private static String output(Path folder) throws Exception {
        Process node = new ProcessBuilder("node", folder.resolve("index.js").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(node.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(node.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void nodeFindsWhatWasInstalled() throws Exception {
        DeployedFunction deployed = room.deploy("index.js", ASKS_SDK, "package.json", NEEDS_SDK);
        assertThat(output(room.filesOf(deployed))).isEqualTo("the sdk");
        assertThat(room.progress)
                .containsExactly(
                        "Installing dependencies: %s install --omit=dev --no-audit --no-fund".formatted(room.npm),
                        "added 1 package");
        assertThat(Files.readSymbolicLink(room.filesOf(deployed).resolve("node_modules")))
                .as("the data folder can be moved")
                .isRelative();
        Path moved = temp.resolve("moved");
        Files.move(room.data, moved);
        assertThat(output(moved.resolve("function-versions/prod-01/sum/sum-001")))
                .isEqualTo("the sdk");
    }

    @Test
    void aChangeOfCodeInstallsNothing() throws Exception {
        room.deploy("index.js", ASKS_SDK, "package.json", NEEDS_SDK);
        DeployedFunction second = room.deploy("index.js", ASKS_SDK + ";", "package.json", NEEDS_SDK);
        assertThat(second.changed()).isTrue();
        assertThat(output(room.filesOf(second))).isEqualTo("the sdk");
        assertThat(room.npmRuns()).hasSize(1);
        assertThat(room.deploy("index.js", ASKS_SDK + ";", "package.json", NEEDS_SDK)
                        .changed())
                .isFalse();
    }

    @Test
    void manyFunctionsShareOneSetThatIsInstalledOnce() throws Exception {
        List<Future<DeployedFunction>> deployments = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                FunctionId function = function(i);
                String own = NEEDS_SDK.replace("\"sum\"", "\"" + function.name() + "\",\"version\":\"1." + i + "\"");
                deployments.add(threads.submit(
                        () -> room.deploy(function, Tars.of("index.js", ASKS_SDK, "package.json", own))));
            }
        }
        for (Future<DeployedFunction> deployment : deployments) {
            assertThat(room.filesOf(deployment.get()).resolve("node_modules/wx-server-sdk/index.js"))
                    .exists();
        }
        assertThat(room.npmRuns()).hasSize(1);
        assertThat(room.sets()).hasSize(1);
    }

    @Test
    @Tag("HO-55")
    void noFunctionCanWriteToWhatOthersRunWith() throws Exception {
        DeployedFunction deployed = room.deploy("index.js", ASKS_SDK, "package.json", NEEDS_SDK);
        Path modules = room.filesOf(deployed).resolve("node_modules").toRealPath();
        for (Path path : List.of(modules, modules.resolve("wx-server-sdk/index.js"))) {
            assertThat(Files.getPosixFilePermissions(path))
                    .as(path.toString())
                    .noneMatch(permission -> permission.name().endsWith("WRITE"));
        }
    }

    @Test
    void otherDependenciesAreAnotherSetAndTheOldOneGoesWithItsLastVersion() throws Exception {
        DeployedFunction old = room.deploy("index.js", CODE, "package.json", NEEDS_SDK);
        room.deploy(function(1), Tars.of("index.js", CODE, "package.json", NEEDS_SDK));
        room.deploy("index.js", CODE, "package.json", NEEDS_SDK.replace("2.6.3", "3.0.0"));
        assertThat(room.sets()).hasSize(2);
        room.versions.remove(old.version().id());
        assertThat(room.sets()).as("f1 leads to it").hasSize(2);
        room.versions.remove(function(1));
        assertThat(room.sets()).hasSize(1);
        room.versions.remove(SUM);
        assertThat(room.sets()).isEmpty();
    }

    @Test
    void aSetThatVanishedIsInstalledAgain() throws Exception {
        room.deploy("index.js", ASKS_SDK, "package.json", NEEDS_SDK);
        Trees.delete(room.data.resolve("function-modules").resolve(room.sets().getFirst()));
        DeployedFunction again = room.deploy("index.js", ASKS_SDK, "package.json", NEEDS_SDK);
        assertThat(again.changed()).isTrue();
        assertThat(output(room.filesOf(again))).isEqualTo("the sdk");
    }

    @Test
    void modulesThatWereSentAreUsedAsTheyAre() throws Exception {
        DeployedFunction deployed = room.deploy(
                "index.js",
                ASKS_SDK,
                "package.json",
                NEEDS_SDK,
                "node_modules/wx-server-sdk/index.js",
                "module.exports = 'sent'");
        assertThat(output(room.filesOf(deployed))).isEqualTo("sent");
        assertThat(room.npmRuns()).isEmpty();
    }

    @Test
    void nothingIsInstalledForWhoeverDoesNotWantIt() throws Exception {
        String no = "{\"installDependency\":false}";
        DeployedFunction deployed = room.deploy("index.js", CODE, "package.json", NEEDS_SDK, "config.json", no);
        assertThat(room.filesOf(deployed).resolve("node_modules")).doesNotExist();
        assertThat(room.npmRuns()).isEmpty();
        assertThat(room.progress)
                .containsExactly(
                        "package.json has dependencies, but they are neither sent nor installed, as asked for");

        FunctionDeployment wanted = new FunctionDeployment(
                SUM,
                Tars.of("index.js", CODE, "package.json", NEEDS_SDK, "config.json", no),
                Optional.empty(),
                OptionalInt.empty(),
                Map.of(),
                Optional.of(true));
        assertThat(room.deployer.deploy(wanted, room.progress::add).changed()).isTrue();
        assertThat(room.npmRuns()).as("the option wins").hasSize(1);
    }

    @Test
    void whatNpmMustSeeTheFunctionForIsInstalledInItsOwnFolder() throws Exception {
        String scripted = "{\"scripts\":{\"postinstall\":\"build\"},\"dependencies\":{\"wx-server-sdk\":\"*\"}}";
        DeployedFunction deployed = room.deploy("index.js", ASKS_SDK, "package.json", scripted);
        assertThat(room.filesOf(deployed).resolve("node_modules")).isDirectory();
        assertThat(room.sets()).isEmpty();
        assertThat(room.progress).contains("Installs for this function alone: package.json has the script postinstall");
        assertThat(room.deploy("index.js", ASKS_SDK, "package.json", scripted).changed())
                .isFalse();
        assertThat(room.npmRuns()).hasSize(1);
    }

    @Test
    void aSetWhoseScriptsWriteElsewhereIsNotShared() throws Exception {
        room.npm("""
                #!/bin/sh
                mkdir -p node_modules/wx-server-sdk generated
                echo 'module.exports = "the sdk"' > node_modules/wx-server-sdk/index.js
                echo x > generated/client.js
                """);
        DeployedFunction deployed = room.deploy("index.js", ASKS_SDK, "package.json", NEEDS_SDK);
        assertThat(room.filesOf(deployed).resolve("generated/client.js")).exists();
        assertThat(room.filesOf(deployed).resolve("node_modules")).isDirectory();
        assertThat(room.sets()).isEmpty();
    }

    @Test
    void tokensOfARegistryAreNotKeptInTheSet() throws Exception {
        room.deploy("index.js", CODE, "package.json", NEEDS_SDK, ".npmrc", "//registry.example/:_authToken=s3cret");
        Path set = room.data.resolve("function-modules").resolve(room.sets().getFirst());
        assertThat(set.resolve(".npmrc")).doesNotExist();
        assertThat(set.resolve("package.json")).exists();
        assertThat(room.progress).noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void aMissingNodeIsToldWithWhatToDo() {
        NpmSurroundings none = new NpmSurroundings(temp.resolve("no-node").toString(), Map.of());
        assertThat(Problems.of(() -> none.addTo(new ContentDigest()))).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("NODE_MISSING");
            assertThat(problem.hint()).contains("Node.js");
        });
    }
}
