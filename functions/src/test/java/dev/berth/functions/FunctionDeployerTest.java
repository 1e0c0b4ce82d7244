package dev.berth.functions;

import static dev.berth.functions.FunctionRoom.CODE;
import static dev.berth.functions.FunctionRoom.SUM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.artifacts.Trees;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FunctionDeployerTest {
    @TempDir
    Path temp;

    private FunctionRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new FunctionRoom(temp);
    }

    private FunctionVersion live(FunctionId function) {
        return room.registry.current().function(function).orElseThrow().live();
    }

    @Test
    void aDeploymentMakesAVersionThatIsLive() throws Exception {
        DeployedFunction deployed = room.deploy("index.js", CODE, "config.json", "{\"timeout\":20}");

        assertThat(deployed.changed()).isTrue();
        assertThat(deployed.version().id().name()).isEqualTo("sum-001");
        assertThat(deployed.version().settings().timeLimit()).hasSeconds(20);
        assertThat(live(SUM)).isEqualTo(deployed.version());
        assertThat(room.left()).containsExactly("prod-01/sum/sum-001/config.json", "prod-01/sum/sum-001/index.js");
        assertThat(room.filesOf(deployed)).isEqualTo(room.data.resolve("function-versions/prod-01/sum/sum-001"));
        assertThat(room.progress).isEmpty();
    }

    @Test
    void unchangedFilesMakeNoNewVersion() throws Exception {
        DeployedFunction first = room.deploy("index.js", CODE, "config.json", "{}");
        DeployedFunction again =
                room.deploy(SUM, new ByteArrayInputStream(Tars.gzip("config.json", "{}", "index.js", CODE)));
        assertThat(again).isEqualTo(new DeployedFunction(first.version(), false));
        assertThat(room.versions.list(SUM)).hasSize(1);
        assertThat(room.left()).hasSize(2);
    }

    @Test
    void anyOtherContentOrSettingIsAChange() {
        room.deploy("index.js", CODE);
        assertThat(room.deploy("index.js", CODE + ";").changed()).isTrue();
        assertThat(room.deploy("index.js", CODE + ";", "config.json", "{}").changed())
                .isTrue();
        assertThat(room.deploy("index.js", CODE + ";", "config.json", "{\"memorySize\":512}")
                        .changed())
                .isTrue();
        FunctionDeployment withOption = new FunctionDeployment(
                SUM,
                Tars.of("index.js", CODE + ";", "config.json", "{\"memorySize\":512}"),
                Optional.empty(),
                OptionalInt.empty(),
                Map.of("A", "1"),
                Optional.empty());
        assertThat(room.deployer.deploy(withOption, room.progress::add).changed())
                .isTrue();
        assertThat(room.versions.list(SUM))
                .extracting(version -> version.id().name())
                .containsExactly("sum-005", "sum-004", "sum-003", "sum-002", "sum-001");
    }

    @Test
    void aVersionWhoseFilesAreGoneIsMadeAnew() throws Exception {
        DeployedFunction first = room.deploy("index.js", CODE);
        Trees.delete(room.filesOf(first));
        assertThat(room.deploy("index.js", CODE).changed()).isTrue();
    }

    @Test
    @Tag("HO-58")
    void theFileOfTheHandlerMustBeThere() throws Exception {
        var problem = room.refusal("main.js", CODE);
        assertThat(problem.code()).isEqualTo("HANDLER_MISSING");
        assertThat(problem.message())
                .isEqualTo("index.js is missing in the function's folder"
                        + " (looked for index.js, index.cjs, index.mjs, index/index.js)");
        assertThat(room.refusal("index.ts", "export {}").hint()).contains("Compile index.ts");
        assertThat(room.refusal("index.js", CODE, "config.json", "{\"handler\":\"src/app.run\"}")
                        .message())
                .startsWith("src/app.js is missing");
        assertThat(room.left()).isEmpty();

        for (String file : List.of("index.mjs", "index.cjs", "index/index.js")) {
            assertThat(room.deploy(file, CODE).changed()).as(file).isTrue();
        }
        assertThat(room.deploy("src/app.js", CODE, "config.json", "{\"handler\":\"src/app.run\"}")
                        .version()
                        .settings()
                        .handler())
                .isEqualTo("src/app.run");
    }

    @Test
    void deploymentsOfOneFunctionComeOneAfterTheOther() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        room.registry.beforeAdd = version -> {
            if (version.id().equals(new FunctionVersionId(SUM, 1))) {
                inside.countDown();
                await(goOn);
            }
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<DeployedFunction> first = threads.submit(() -> room.deploy("index.js", "1"));
            await(inside);
            Future<DeployedFunction> same = threads.submit(() -> room.deploy("index.js", "1"));
            goOn.countDown();
            assertThat(first.get().changed()).isTrue();
            assertThat(same.get())
                    .as("it waited")
                    .isEqualTo(new DeployedFunction(first.get().version(), false));
        }
    }

    @Test
    void functionsOfOneNameInTwoEnvironmentsAreTwo() throws Exception {
        FunctionId other = new FunctionId("test-02", "sum");
        InputStream tar = Tars.of("index.js", CODE);
        room.deploy("index.js", CODE);
        DeployedFunction deployed = room.deploy(other, tar);
        assertThat(deployed.version().id().name()).isEqualTo("sum-001");
        assertThat(room.left()).containsExactly("prod-01/sum/sum-001/index.js", "test-02/sum/sum-001/index.js");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
