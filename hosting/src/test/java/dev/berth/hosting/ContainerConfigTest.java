package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerConfigTest {
    @TempDir
    Path folder;

    private ContainerConfig read(String json) throws Exception {
        Files.writeString(folder.resolve(ContainerConfig.FILE), json);
        return ContainerConfig.read(folder);
    }

    private Problem refusal(String json) {
        return Problems.of(() -> read(json));
    }

    @Test
    void withoutAFileNothingIsSaid() throws Exception {
        assertThat(ContainerConfig.read(folder)).isEqualTo(ContainerConfig.NONE);
    }

    @Test
    void theOfficialTemplateIsRead() throws Exception {
        ContainerConfig config = read("""
                // 本配置文件仅配合模板部署使用，为模板部署的服务生成「服务设置」的初始值。
                {
                  "containerPort": 80,
                  "dockerfilePath": "Dockerfile",
                  "buildDir": "",
                  "minNum": 0,
                  "maxNum": 5,
                  "cpu": 1,
                  "mem": 2,
                  "policyType": "cpu",
                  "policyThreshold": 80,
                  "policyDetails": [],
                  "envParams": {},
                  "customLogs": "stdout",
                  "initialDelaySeconds": 2,
                  "dataBaseName": "nodejs_demo",
                  "executeSQLs": ["CREATE DATABASE IF NOT EXISTS nodejs_demo;"]
                }
                """);
        assertThat(config.dockerfilePath()).hasValue("Dockerfile");
        assertThat(config.variables()).isEmpty();
        assertThat(config.scale()).isEqualTo(new AskedScale(OptionalInt.of(0), OptionalInt.of(5)));
        assertThat(config.sourceIn(folder)).isEqualTo(folder);
    }

    @Test
    void badJsonNamesTheLine() {
        assertThat(refusal("{\n\"minNum\": 0\n\"maxNum\": 1}").message())
                .startsWith("container.config.json, line 3, column 1");
        assertThat(refusal("[]").message()).contains("not a JSON object");
        assertThat(refusal("").code()).isEqualTo("CONTAINER_CONFIG_INVALID");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'envParams': []} | envParams: []",
                "{'envParams': {'A': {}}} | envParams.A: {}",
                "{'minNum': -1} | minNum: -1",
                "{'minNum': 0.5} | minNum: 0.5",
                "{'maxNum': 0} | maxNum: 0 (expected: a whole number, 1 to 1000)",
                "{'maxNum': '5'} | maxNum: \"5\"",
                "{'buildDir': 3} | buildDir: 3",
                "{'dockerfilePath': ['a']} | dockerfilePath: [\"a\"]",
            })
    void aWrongKindNamesTheField(String json, String message) {
        assertThat(refusal(json.replace('\'', '"')).message()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc", "missing", "a-file"})
    void aBuildDirMustBeAFolderInside(String buildDir) throws Exception {
        Files.writeString(folder.resolve("a-file"), "");
        ContainerConfig config = read("{\"buildDir\":\"%s\"}".formatted(buildDir));
        assertThat(Problems.of(() -> config.sourceIn(folder)).message()).contains(buildDir);
    }

    @Test
    void aBuildDirIsTheSource() throws Exception {
        Path server = Files.createDirectories(folder.resolve("server/api"));
        assertThat(read("{\"buildDir\":\"server/api/\"}").sourceIn(folder)).isEqualTo(server);
    }
}
