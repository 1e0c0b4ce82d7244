package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnModulesTest {
    @TempDir
    Path folder;

    private Optional<String> reason(String json) throws IOException {
        Files.writeString(folder.resolve("package.json"), json);
        return OwnModules.reason(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:../shared",
                "link:../shared",
                "../shared",
                "./vendor/a",
                "/srv/a",
                "~/a",
                "C:\\\\a",
                "vendor/a-1.0.0.tgz",
                "a.tar.gz"
            })
    void localDependencies(String version) throws Exception {
        assertThat(reason("{\"dependencies\":{\"a\":\"%s\"}}".formatted(version)))
                .isPresent();
        assertThat(reason("{\"overrides\":{\"b\":{\"a\":\"%s\"}}}".formatted(version)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "file:../shared,true", "link:./../shared,true", "../shared,true", "/srv/a,true", "file:/srv/a,true",
        "~/a,true", "./vendor/a,false", "file:vendor/a,false", "file:./..a,false", "vendor/a-1.0.0.tgz,false"
    })
    void saysOfALocalDependencyOutsideThatItIsNotSent(String version, boolean outside) throws Exception {
        String sentence =
                reason("{\"dependencies\":{\"a\":\"%s\"}}".formatted(version)).orElseThrow();
        assertThat(sentence).startsWith("package.json depends on the local " + version);
        assertThat(sentence.endsWith("outside of the function's folder and therefore not sent, as on WeChat"))
                .isEqualTo(outside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3",
                "~2.6.3",
                "^4",
                "*",
                "",
                "latest",
                ">=1 <2",
                "npm:other@1",
                "user/repo",
                "github:user/repo#v1",
                "git+https://example.com/a.git",
                "https://example.com/a-1.0.0.tgz",
                "1.x || 2.x"
            })
    void othersAreShared(String version) throws Exception {
        assertThat(reason("{\"dependencies\":{\"a\":\"%s\"},\"optionalDependencies\":{\"b\":\"%s\"}}"
                        .formatted(version, version)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"preinstall,true", "install,true", "postinstall,true", "prepare,true", "test,false", "start,false"})
    void scriptsThatNpmRunsWhenItInstalls(String script, boolean own) throws Exception {
        assertThat(reason("{\"scripts\":{\"%s\":\"x\"}}".formatted(script)).isPresent())
                .isEqualTo(own);
    }

    @Test
    void workspacesAndNativeCode() throws Exception {
        assertThat(reason("{\"workspaces\":[\"packages/*\"]}")).hasValue("package.json has workspaces");
        assertThat(reason("{}")).isEmpty();
        Files.writeString(folder.resolve("binding.gyp"), "{}");
        assertThat(reason("{}")).hasValue("binding.gyp is to be built");
    }
}
