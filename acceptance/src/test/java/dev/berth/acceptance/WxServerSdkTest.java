package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The unmodified npm package {@code wx-server-sdk} in functions: one table of calls for all its published lines (AD-119). */
@Execution(ExecutionMode.CONCURRENT)
class WxServerSdkTest {
    /** These read {@code TCB_CONTEXT_CNFG} (AD-2). */
    private static final List<String> NEW = List.of("2.7.2", "3.0.4", "4.0.2");

    /** These know fixed hosts only (AD-4), and are led by a proxy or a name. */
    private static final List<String> OLD = List.of("1.8.3", "2.2.0");

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    @RegisterExtension
    static final Platform platform = new Platform("echo");

    private static final Functions functions = new Functions(platform);

    @BeforeAll
    static void deploy() {
        versions()
                .forEach(version -> functions.deploy(
                        "sdk", name(version), "\"wx-server-sdk\":\"%s\"".formatted(version), "--set", "COLOUR=blue"));
        functions.deploy("echo", "echo", "");
    }

    static Stream<String> versions() {
        return Stream.concat(OLD.stream(), NEW.stream());
    }

    private static String name(String version) {
        return "sdk-" + version.replace('.', '-');
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-2")
    @Tag("AD-4")
    @Tag("AD-5")
    @Tag("AD-28")
    @Tag("AD-79")
    @Tag("AD-80")
    @Tag("AD-119")
    void theFunctionKnowsWhoCalls(String version) {
        JsonNode context = ask(version, "{\"ask\":\"context\"}").path("value");
        assertThat(context.path("OPENID").asText()).isNotEmpty();
        assertThat(context.path("APPID").asText()).isEqualTo("wx1111111111111111");
        assertThat(context.path("ENV").asText()).isEqualTo(Caller.ENVIRONMENT);
        assertThat(context.path("SOURCE").asText()).isEqualTo("wx_client");
        assertThat(context.toString()).doesNotContainIgnoringCase("token");
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-34")
    void twoCallersAtATimeAreNotMixedUp(String version) {
        List<JsonNode> both = Stream.of("alice", "bob")
                .parallel()
                .map(user -> functions.invokeAs(user, name(version), "{\"ask\":\"contextTwice\"}"))
                .map(answer -> answer.path("result").path("value"))
                .toList();
        for (JsonNode one : both) {
            assertThat(one.path(0)).isEqualTo(one.path(1));
            assertThat(one.path(0).path("OPENID").asText()).isNotEmpty();
        }
        assertThat(both.get(0)).isNotEqualTo(both.get(1));
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-8")
    @Tag("AD-30")
    @Tag("AD-32")
    @Tag("AD-35")
    @Tag("AD-36")
    @Tag("AD-37")
    @Tag("AD-41")
    void anOpenApiIsCalledWithoutAToken(String version) {
        JsonNode checked = ask(
                        version,
                        "{\"ask\":\"openapi\",\"api\":\"security.msgSecCheck\",\"params\":{\"content\":\"你好\"}}")
                .path("value");
        assertThat(checked.path("errCode").isMissingNode())
                .as(checked.toString())
                .isFalse();
        assertThat(checked.path("errCode").asInt(-1)).isZero();
        assertThat(checked.path("errMsg").asText()).isEqualTo("openapi.security.msgSecCheck:ok");
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-41")
    @Tag("AD-88")
    void aPictureIsABuffer(String version) {
        JsonNode code =
                ask(version, "{\"ask\":\"openapi\",\"api\":\"wxacode.getUnlimited\",\"params\":{\"scene\":\"a=1\"}}");
        assertThat(code.path("contentType").asText()).as(code.toString()).startsWith("image/");
        assertThat(code.path("buffer").asText().length()).isGreaterThan(500);
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-39")
    @Tag("AD-89")
    void aFileIsUploaded(String version) {
        JsonNode checked = ask(
                        version,
                        "{\"ask\":\"upload\",\"api\":\"security.imgSecCheck\",\"contentType\":\"image/png\",\"base64\":\"%s\"}"
                                .formatted(PIXEL))
                .path("value");
        assertThat(checked.path("errCode").asInt(-1)).as(checked.toString()).isZero();
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-36")
    @Tag("AD-97")
    void anApiOfMethodGetIsAsked(String version) {
        JsonNode places = ask(
                        version,
                        "{\"ask\":\"openapi\",\"api\":\"nearbyPoi.getList\",\"params\":{\"page\":1,\"pageRows\":20}}")
                .path("value");
        assertThat(places.path("errCode").asInt(-1)).as(places.toString()).isZero();
        assertThat(places.has("data")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-41")
    void weChatsRefusalIsThrown(String version) {
        JsonNode error = ask(
                        version,
                        "{\"ask\":\"openapi\",\"api\":\"subscribeMessage.send\",\"params\":{\"touser\":\"nobody\",\"templateId\":\"t\",\"data\":{}}}")
                .path("error");
        assertThat(error.path("errCode").asInt()).as(error.toString()).isPositive();
        assertThat(error.path("errMsg").asText()).startsWith("openapi.subscribeMessage.send:fail ");
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("HO-53")
    @Tag("AD-40")
    void anApiThatIsNotInConfigJsonIsRefused(String version) {
        JsonNode error = ask(version, "{\"ask\":\"openapi\",\"api\":\"urlscheme.generate\",\"params\":{}}")
                .path("error");
        assertThat(error.path("errCode").asInt()).as(error.toString()).isEqualTo(-604101);
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-40")
    void anApiThatNobodyKnowsIsRefused(String version) {
        JsonNode error = ask(version, "{\"ask\":\"openapi\",\"api\":\"security.msgSecChek\",\"params\":{}}")
                .path("error");
        assertThat(error.path("errCode").asInt()).as(error.toString()).isEqualTo(-604100);
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-26")
    void withoutAWeChatUserThereIsNoToken(String version) {
        JsonNode error = functions
                .invoke(
                        name(version),
                        "{\"ask\":\"openapi\",\"api\":\"security.msgSecCheck\",\"params\":{\"content\":\"a\"}}",
                        "")
                .path("result")
                .path("error");
        assertThat(error.path("errCode").asInt()).as(error.toString()).isEqualTo(-501007);
        assertThat(error.path("errMsg").asText()).contains("missing wxCloudApiToken");
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-50")
    @Tag("AD-52")
    void aFunctionCallsAFunction(String version) {
        JsonNode called = ask(version, "{\"ask\":\"call\",\"name\":\"echo\",\"data\":{\"n\":1,\"s\":\"文\"}}")
                .path("value");
        assertThat(called.path("errMsg").asText()).as(called.toString()).isEqualTo("callFunction:ok");
        assertThat(called.path("requestID").asText()).isNotEmpty();
        JsonNode result = called.path("result");
        assertThat(result.path("event").path("n").asInt()).isEqualTo(1);
        assertThat(result.path("event").path("s").asText()).isEqualTo("文");
        assertThat(result.path("who").path("TCB_SOURCE").asText()).isEqualTo("wx_client,scf");
        assertThat(result.path("who").path("WX_OPENID").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-51")
    void aFunctionThatThrowsIsAnErrorForItsCaller(String version) {
        functions.deploy("thrower", "exports.main = async () => { throw new Error('no luck today') }");
        JsonNode error = ask(version, "{\"ask\":\"call\",\"name\":\"thrower\",\"data\":{}}")
                .path("error");
        assertThat(error.path("errCode").asInt())
                .as(error.toString())
                .isEqualTo(version.equals("4.0.2") ? -1 : -504002);
        assertThat(error.path("errMsg").asText()).contains("no luck today");
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("WT-69")
    void aFunctionThatIsNotThereIsSaidSo(String version) {
        JsonNode error = ask(version, "{\"ask\":\"call\",\"name\":\"nothing\",\"data\":{}}")
                .path("error");
        assertThat(error.path("errMsg").asText())
                .as(error.toString())
                .contains("FunctionName parameter could not be found");
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-42")
    void theOldWayToOpenApisWorks(String version) {
        JsonNode answer = ask(
                        version, "{\"ask\":\"old\",\"api\":\"security.msgSecCheck\",\"data\":{\"content\":\"hello\"}}")
                .path("value");
        assertThat(answer.path("errMsg").asText()).as(answer.toString()).isEqualTo("callOpenAPI:ok");
        assertThat(answer.path("result").path("errcode").asInt(-1)).isZero();
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Tag("AD-64")
    void whatIsNotThereYetSaysSo(String version) {
        for (String asked : List.of("database", "upload1", "temporaryUrl")) {
            JsonNode error = ask(version, "{\"ask\":\"%s\"}".formatted(asked)).path("error");
            assertThat(error.toString()).as(asked).isNotEmpty().doesNotContain("ECONN", "ENOTFOUND", "timeout");
        }
    }

    @Test
    @Tag("AD-72")
    void payIsNotOpened() {
        for (String version : NEW) {
            JsonNode error = ask(version, "{\"ask\":\"pay\"}").path("error");
            assertThat(error.path("errCode").asInt()).as(error.toString()).isNegative();
        }
    }

    @Test
    @Tag("AD-73")
    void structuredLogsAreInTheLog() {
        JsonNode answer =
                functions.invoke(name("1.8.3"), "{\"ask\":\"log\",\"text\":\"structured 7\"}", "as=alice&log=true");
        assertThat(answer.path("result").path("value").asText()).isEqualTo("logged");
        assertThat(answer.path("log").toString()).contains("structured 7");
    }

    @Test
    @Tag("AD-27")
    void variablesOfTheDeploymentAreThere() {
        functions.deploy(
                functions.folder("coloured", Map.of("index.js", "exports.main = () => process.env.COLOUR")),
                "--set",
                "COLOUR=blue");
        assertThat(functions.invokeAs("alice", "coloured", "{}").path("result").asText())
                .isEqualTo("blue");
    }

    private static JsonNode ask(String version, String event) {
        JsonNode answer = functions.invokeAs("alice", name(version), event);
        assertThat(answer.has("error")).as(answer.toString()).isFalse();
        return answer.path("result");
    }
}
