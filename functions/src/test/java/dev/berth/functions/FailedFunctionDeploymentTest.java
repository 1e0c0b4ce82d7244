package dev.berth.functions;

import static dev.berth.functions.FunctionRoom.CODE;
import static dev.berth.functions.FunctionRoom.NEEDS_SDK;
import static dev.berth.functions.FunctionRoom.SUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.artifacts.Trees;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersion;
import dev.berth.core.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A deployment that fails leaves nothing behind. */
@Timeout(60)
class FailedFunctionDeploymentTest {
    @TempDir
    Path temp;

    private FunctionRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new FunctionRoom(temp);
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(room.left()).isEmpty();
        assertThat(room.sets()).isEmpty();
        assertThat(room.registry.current().function(SUM)).isEmpty();
        assertThat(room.data.resolve("function-versions").toFile().list())
                .as("no .incoming- folder")
                .allMatch(name -> !name.startsWith("."));
    }

    @Test
    void aFailingFirstDeploymentLeavesNothing() throws Exception {
        assertThat(room.refusal("../x", "").code()).isEqualTo("TAR_FORBIDDEN");
        assertThat(Problems.of(() -> room.deploy(SUM, InputStream.nullInputStream()))
                        .code())
                .isEqualTo("TAR_BROKEN");
        assertThat(room.refusal("index.js", CODE, "config.json", "{").code()).isEqualTo("FUNCTION_CONFIG_INVALID");
        assertThat(room.refusal("index.js", CODE, "package.json", "{").code()).isEqualTo("PACKAGE_JSON_INVALID");
        assertThat(room.refusal(
                                "index.js",
                                CODE,
                                "config.json",
                                "{\"triggers\":[{\"name\":\"t\",\"type\":\"timer\",\"config\":\"*\"}]}")
                        .code())
                .isEqualTo("INVALID_TRIGGER");
        room.registry.beforeAdd = _ -> {
            throw new IllegalStateException("a defect on purpose");
        };
        assertThatThrownBy(() -> room.deploy("index.js", CODE)).isInstanceOf(IllegalStateException.class);
        assertNothingIsLeft();
    }

    @Test
    void aFailingInstallationSaysWhatNpmSaidAndLeavesNothing() throws Exception {
        room.npm("#!/bin/sh\nmkdir -p node_modules/half\necho 'npm error 404 no such package' >&2\nexit 1\n");
        Problem problem = room.refusal("index.js", CODE, "package.json", NEEDS_SDK);
        assertThat(problem.code()).isEqualTo("NPM_FAILED");
        assertThat(problem.message()).contains("404 no such package");
        assertThat(room.progress).noneMatch(line -> line.contains("404"));
        assertNothingIsLeft();
    }

    @Test
    void aFailingDeploymentKeepsWhatIsLive() {
        FunctionVersion first = room.deploy("index.js", "1").version();
        room.registry.beforeAdd = _ -> {
            throw new IllegalStateException("a defect on purpose");
        };
        assertThatThrownBy(() -> room.deploy("index.js", "2")).isInstanceOf(IllegalStateException.class);
        assertThat(room.registry.current().function(SUM).orElseThrow().live()).isEqualTo(first);
        room.registry.beforeAdd = _ -> {};
        assertThat(room.deploy("index.js", "3").version().id().name())
                .as("numbers are not given back")
                .isEqualTo("sum-003");
    }

    @Test
    void anUnknownEnvironmentIsRefusedBeforeAnythingIsRead() {
        InputStream untouchable = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }

            @Override
            public int read(byte[] into, int from, int length) {
                return read();
            }
        };
        assertThat(Problems.of(() -> room.deploy(new FunctionId("dev-03", "sum"), untouchable))
                        .code())
                .isEqualTo("ENV_UNKNOWN");
    }

    @Test
    void aDiskThatRefusesIsToldAsThat() throws Exception {
        Path versions = room.data.resolve("function-versions");
        Trees.delete(versions);
        Files.writeString(versions, "");
        assertThat(room.refusal("index.js", CODE).code()).isEqualTo("STORAGE_FAILED");
        assertThat(Problems.of(() -> new FunctionVersions(room.data, room.registry, room.registry, _ -> {}))
                        .code())
                .isEqualTo("STORAGE_FAILED");
    }
}
