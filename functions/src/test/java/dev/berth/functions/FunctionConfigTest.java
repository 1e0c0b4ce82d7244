package dev.berth.functions;

import static dev.berth.functions.FunctionRoom.CHECKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Problem;
import dev.berth.core.Trigger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionConfigTest {
    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();

    private FunctionConfig read(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
        return FunctionConfig.read(folder, CHECKS, progress::add);
    }

    private Problem refusal(String json) {
        return Problems.of(() -> read(json));
    }

    @Test
    @Tag("HO-52")
    void theExampleOfTheDocumentationIsRead() throws Exception {
        FunctionConfig config = read("""
                {"permissions":{"openapi":["subscribeMessage.send"]},
                 "triggers":[{"name":"sendMessagerTimer","type":"timer","config":"*/5 * * * * * *"}]}
                """);
        assertThat(config.permissions()).containsExactly("subscribeMessage.send");
        assertThat(config.triggers()).containsExactly(new Trigger("sendMessagerTimer", "*/5 * * * * * *"));
        assertThat(progress).isEmpty();
    }

    @Test
    @Tag("HO-54")
    @Tag("HO-55")
    void whatBerthTakesBesidesIsRead() throws Exception {
        FunctionConfig config = read("""
                {
                  // comments are common in such files
                  "timeout": 20, "memorySize": 512, "handler": "src/app.run", "invocationsPerHost": 10,
                  "installDependency": false,
                  "envVariables": {"TEXT": "t", "NUMBER": 1.5, "TRUTH": true, "EMPTY": null,},
                }
                """);
        assertThat(config.timeLimit()).hasValue(Duration.ofSeconds(20));
        assertThat(config.memory()).hasValue(512);
        assertThat(config.handler()).hasValue("src/app.run");
        assertThat(config.invocationsPerHost()).hasValue(10);
        assertThat(config.install()).hasValue(false);
        assertThat(config.variables()).isEqualTo(Map.of("TEXT", "t", "NUMBER", "1.5", "TRUTH", "true", "EMPTY", ""));
        assertThat(progress).isEmpty();
    }

    @Test
    @Tag("HO-53")
    void absentIsNone() throws Exception {
        assertThat(FunctionConfig.read(folder, CHECKS, progress::add)).isEqualTo(FunctionConfig.NONE);
        assertThat(read("{}")).isEqualTo(FunctionConfig.NONE);
        FunctionConfig nulls = read(
                "{\"timeout\":null,\"memorySize\":null,\"permissions\":null,\"triggers\":null,\"envVariables\":null}");
        assertThat(nulls).isEqualTo(FunctionConfig.NONE);
        assertThat(nulls.memory()).isEqualTo(OptionalInt.empty());
        assertThat(nulls.install()).isEqualTo(Optional.empty());
        assertThat(progress).isEmpty();
    }

    @Test
    void whatIsNotJsonIsRefusedWithItsLine() {
        Problem problem = refusal("{\n  \"timeout\": 3,\n  permissions\n}");
        assertThat(problem.code()).isEqualTo("FUNCTION_CONFIG_INVALID");
        assertThat(problem.message()).startsWith("config.json, line 3, column ");
        assertThat(refusal("[]").message()).isEqualTo("config.json: not a JSON object");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"timeout":0}                        | timeout: 0 (expected: a whole number, 1 to 60, in seconds)
            {"timeout":61}                       | timeout: 61 (expected: a whole number, 1 to 60, in seconds)
            {"timeout":"3"}                      | timeout: "3" (expected: a whole number, 1 to 60, in seconds)
            {"timeout":1.5}                      | timeout: 1.5 (expected: a whole number, 1 to 60, in seconds)
            {"memorySize":127}                   | memorySize: 127 (expected: a whole number, 128 to 2048, in MB)
            {"memorySize":4096}                  | memorySize: 4096 (expected: a whole number, 128 to 2048, in MB)
            {"invocationsPerHost":0}             | invocationsPerHost: 0 (expected: a whole number, 1 to 100)
            {"installDependency":"no"}           | installDependency: "no" (expected: true or false)
            {"handler":1}                        | handler: 1 (expected: a text)
            {"permissions":[]}                   | permissions: [] (expected: an object)
            {"permissions":{"openapi":"all"}}    | permissions.openapi: "all" (expected: an array)
            {"permissions":{"openapi":["a.b",1]}} | permissions.openapi[1]: 1 (expected: a text)
            {"permissions":{"openapi":["send"]}} | permissions.openapi: send (expected: names such as subscribeMessage.send)
            {"triggers":{}}                      | triggers: {} (expected: an array)
            {"triggers":["x"]}                   | triggers[0]: "x" (expected: an object)
            {"triggers":[{"name":1,"type":"timer"}]} | triggers[0].name: 1 (expected: a text)
            {"envVariables":[]}                  | envVariables: [] (expected: an object)
            """)
    void aWrongTypeOrRangeIsRefusedWithFileKeyFoundAndExpected(String json, String message) {
        Problem problem = refusal(json);
        assertThat(problem.code()).isEqualTo("FUNCTION_CONFIG_INVALID");
        assertThat(problem.message()).isEqualTo("config.json: " + message);
        assertThat(problem.hint()).contains("config.json");
    }

    @Test
    void theValueOfAVariableIsNeverShown() {
        assertThat(refusal("{\"envVariables\":{\"KEY\":[\"s3cret\"]}}").message())
                .isEqualTo("config.json: envVariables.KEY: an array (expected: a text or a number)");
        assertThat(refusal("{\"envVariables\":{\"a b\":\"s3cret\"}}").message())
                .contains("a b")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @Tag("HO-60")
    @ValueSource(
            strings = {
                "{\"name\":\"t\",\"type\":\"cos\",\"config\":\"* * * * * * *\"}",
                "{\"name\":\"t\",\"config\":\"* * * * * * *\"}",
                "{\"type\":\"timer\",\"config\":\"* * * * * * *\"}",
                "{\"name\":\"t\",\"type\":\"timer\"}",
                "{\"name\":\"1t\",\"type\":\"timer\",\"config\":\"* * * * * * *\"}",
                "{\"name\":\"t\",\"type\":\"timer\",\"config\":\"* * * * *\"}",
            })
    void aBadTriggerIsRefused(String trigger) {
        assertThat(refusal("{\"triggers\":[" + trigger + "]}").code()).isEqualTo("INVALID_TRIGGER");
    }

    @Test
    @Tag("HO-60")
    void aSecondTriggerIsRefused() {
        String trigger = "{\"name\":\"t\",\"type\":\"timer\",\"config\":\"* * * * * * *\"}";
        Problem problem = Problems.of(() -> new FunctionDeployment(FunctionRoom.SUM, InputStream.nullInputStream())
                .settings(read("{\"triggers\":[%s,%s]}".formatted(trigger, trigger)), CHECKS));
        assertThat(problem.code()).isEqualTo("INVALID_TRIGGER");
        assertThat(problem.message()).isEqualTo("triggers: 2 (expected: at most 1)");
    }

    @Test
    void aLinkedConfigIsReadAndOneWithAByteOrderMarkToo() throws Exception {
        Files.writeString(folder.resolve("shared.json"), "\uFEFF{\"timeout\":7}");
        Files.createSymbolicLink(folder.resolve("config.json"), Path.of("shared.json"));
        assertThat(FunctionConfig.read(folder, CHECKS, progress::add).timeLimit())
                .hasValue(Duration.ofSeconds(7));
    }

    @Test
    @Tag("HO-61")
    void aBadCronIsRefusedWithItsField() {
        Problem problem = refusal("{\"triggers\":[{\"name\":\"t\",\"type\":\"timer\",\"config\":\"* *\"}]}");
        assertThat(problem.message()).isEqualTo("config.json: triggers[0].config: not seven fields: * *");
    }

    @Test
    void unknownSettingsAndApisAreTold() throws Exception {
        FunctionConfig config = read("""
                {"timeOut": 3, "runtime": "Nodejs16.13",
                 "permissions": {"openapi": ["wxacode.get", "wxacode.get"], "openApi": []},
                 "triggers": [{"name": "t", "type": "timer", "config": "* * * * * * *", "cron": "x"}]}
                """);
        assertThat(config.permissions()).containsExactly("wxacode.get");
        assertThat(progress)
                .containsExactly(
                        "config.json: timeOut is not a setting that Berth knows; nearest: timeout",
                        "config.json: runtime is not a setting that Berth knows",
                        "config.json: permissions.openApi is not a setting that Berth knows; nearest: openapi",
                        "config.json: permissions.openapi: wxacode.get: no open API is called so",
                        "config.json: triggers[0].cron is not a setting that Berth knows");
    }
}
