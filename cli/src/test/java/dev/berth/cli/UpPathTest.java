package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpPathTest {
    private static final ManagementApi.Defaults DEFAULTS = new ManagementApi.Defaults("wx1", "prod-01");
    private static final UpEnvironment PROD = UpEnvironment.ofServer(DEFAULTS);

    @TempDir
    Path folder;

    @Test
    void aServiceIsCalled() throws Exception {
        Files.createDirectory(folder.resolve("api"));
        UpPath path = UpPath.of(Typed.shell(folder), Path.of("api"));
        assertThat(path.functions()).isEmpty();
        assertThat(path.calls(Typed.shell(folder), PROD)).containsExactly("./berth call api / --as alice");
        assertThat(path.calls(Typed.shell(folder), new UpEnvironment("cloud1-x", "wx1", DEFAULTS)))
                .containsExactly("./berth call api / --as alice --env cloud1-x");
    }

    @Test
    void anotherEnvironmentAndAnotherAppAreNamed() throws Exception {
        for (String name : List.of("add", "div", "mul", "sum")) {
            function(name);
        }
        assertThat(calls(new UpEnvironment("shop-01", "wx2", DEFAULTS)))
                .startsWith("./berth invoke add -d '{}' --as alice --env shop-01 --from wx2")
                .endsWith("./berth functions --env shop-01   shows all 4");
    }

    @Test
    void functionsAreInvokedAFewOfThem() throws Exception {
        function("sum");
        function("add");
        assertThat(calls())
                .containsExactly("./berth invoke add -d '{}' --as alice", "./berth invoke sum -d '{}' --as alice");
        function("mul");
        function("div");
        assertThat(calls())
                .hasSize(4)
                .startsWith("./berth invoke add -d '{}' --as alice")
                .endsWith("./berth functions   shows all 4");
    }

    @Test
    void whatIsWrongWithAFolderItsDeploymentTells() throws Exception {
        Files.createDirectory(folder.resolve("cloudfunctions"));
        assertThat(UpPath.of(Typed.shell(folder), Path.of("cloudfunctions")).functions())
                .isEmpty();
    }

    private List<String> calls() {
        return calls(PROD);
    }

    private List<String> calls(UpEnvironment environment) {
        return UpPath.of(Typed.shell(folder), Path.of("cloudfunctions")).calls(Typed.shell(folder), environment);
    }

    private void function(String name) throws Exception {
        Path function = Files.createDirectories(folder.resolve("cloudfunctions").resolve(name));
        Files.writeString(function.resolve("index.js"), "exports.main = () => 1");
    }
}
