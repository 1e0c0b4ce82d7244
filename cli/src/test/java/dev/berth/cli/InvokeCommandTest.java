package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeCommandTest {
    private static final String SUM = "/api/v1/environments/prod-01/functions/sum";
    private static final String THREE = """
            {"requestId":"r-7","version":"sum-003","result":{"sum":3},"durationMillis":12,"totalMillis":80,"memory":57,"cold":true,
             "log":["adding","第二行"]}""";
    private static final String THREW = """
            {"requestId":"r-7","version":"sum-003","error":{"code":-504002,"message":"TypeError: x is not a function\\n    at exports.main (index.js:3:9)"},
             "durationMillis":12,"totalMillis":12,"memory":57,"cold":false,"log":["adding"]}""";

    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();

    @BeforeEach
    void describe() {
        server.describedIn(folder).on("POST " + SUM + "/invocations", THREE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-d", "--data"})
    void sendsTheEventAsItIsAndPrintsTheResult(String option) {
        String event = "{\"a\": 1.0, \"名\": 12345678901234567890}";
        Typed typed = Typed.in(folder, "invoke", "sum", option, event);
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).isEqualTo("{\"sum\":3}\n");
        assertThat(typed.err()).isEmpty();
        assertThat(server.lastAsked().path()).isEqualTo(SUM + "/invocations");
        assertThat(server.lastAsked().text()).isEqualTo(event);
    }

    @Test
    void withoutAnEventItIsEmpty() {
        Typed.in(folder, "invoke", "sum");
        assertThat(server.lastAsked().text()).isEqualTo("{}");
    }

    @Test
    void readsTheEventFromAFile() throws Exception {
        Files.writeString(folder.resolve("event.json"), "{\"b\":2}\n");
        Typed.in(folder, "invoke", "sum", "-d", "@event.json");
        assertThat(server.lastAsked().text()).isEqualTo("{\"b\":2}\n");
    }

    @Test
    void invokesAsAUserOfAnotherApp() {
        server.on("POST /api/v1/environments/e2/functions/sum/invocations", THREE);
        Typed.in(folder, "invoke", "sum", "--as", "bob", "--from", "wx2222222222222222", "--env", "e2");
        assertThat(server.lastAsked().path())
                .isEqualTo("/api/v1/environments/e2/functions/sum/invocations?as=bob&app=wx2222222222222222");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [1,2]     | [1,2]
                    "text"    | "text"
                    null      | null
                    1.5       | 1.5
                    1.10      | 1.10
                    12345678901234567890.123456789012345678901 | 12345678901234567890.123456789012345678901
                    {}        | {}
                    """, quoteCharacter = '`')
    void printsAnyJsonValue(String result, String printed) {
        server.on("POST " + SUM + "/invocations", "{\"requestId\":\"r\",\"result\":" + result + "}");
        assertThat(Typed.in(folder, "invoke", "sum").out()).isEqualTo(printed + "\n");
    }

    @Test
    void indentsForAPersonAsJavaScriptDoes() {
        assertThat(Json.indented(Json.readOrMissing("{\"a\":[1,{\"b\":\"c\"}],\"d\":{},\"e\":[]}")))
                .isEqualTo("""
                {
                  "a": [
                    1,
                    {
                      "b": "c"
                    }
                  ],
                  "d": {},
                  "e": []
                }""");
    }

    @Test
    void showsTheLogOnStandardError() {
        Typed typed = Typed.in(folder, "invoke", "sum", "--log");
        assertThat(typed.out()).isEqualTo("{\"sum\":3}\n");
        assertThat(typed.err()).isEqualTo("""
                adding
                第二行
                [berth] request r-7, 80 ms in all
                """);
        assertThat(server.lastAsked().path()).endsWith("/invocations?log=true");
    }

    @Test
    @Tag("WT-69")
    void tellsWhatItThrewWithItsStackAndWhereToLook() {
        server.on("POST " + SUM + "/invocations", THREW);
        Typed typed = Typed.in(folder, "invoke", "sum");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).isEqualTo("""
                error: sum-003 failed: -504002 functions execute fail
                  TypeError: x is not a function
                      at exports.main (index.js:3:9)
                  request id: r-7
                  → What it wrote: ./berth logs sum
                """);
    }

    @Test
    @Tag("WT-69")
    void tellsATimeoutOnceAndHowToGiveItMore() {
        server.on("POST /api/v1/environments/e2/functions/sum/invocations", """
                {"requestId":"r-8","version":"sum-003","error":{"code":-504003,"message":"Invoking task timed out after 3 seconds"}}""");
        Typed typed = Typed.in(folder, "invoke", "sum", "--env", "e2");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err())
                .startsWith(
                        "error: sum-003 failed: -504003 Invoking task timed out after 3 seconds\n  request id: r-8\n")
                .contains("--timeout 20s", "./berth logs sum --env e2");
    }

    @ParameterizedTest
    @CsvSource({
        "-501000, ./berth functions",
        "-501004, ./berth functions",
        "-604001, Return less",
        "-501013, Send less",
        "-501007, JSON object",
        "-501001, ./berth doctor",
        "-999999, ./berth logs sum"
    })
    @Tag("WT-69")
    void everyCodeHasAHint(int code, String hint) {
        server.on("POST " + SUM + "/invocations", """
                {"requestId":"r-9","error":{"code":%d,"message":"m"}}""".formatted(code));
        assertThat(Typed.in(folder, "invoke", "sum").err())
                .startsWith("error: sum failed: " + code)
                .contains(hint);
    }

    @Test
    void answersJson() {
        Typed done = Typed.in(folder, "invoke", "sum", "--json", "--log");
        assertThat(done.out().lines()).hasSize(1);
        assertThat(Json.readOrMissing(done.out())).isEqualTo(Json.readOrMissing(THREE));
        assertThat(done.err()).isEmpty();
        server.on("POST " + SUM + "/invocations", THREW);
        Typed threw = Typed.in(folder, "invoke", "sum", "--json");
        assertThat(threw.exitCode()).isEqualTo(1);
        assertThat(Json.readOrMissing(threw.out()).path("error").path("code").asInt())
                .isEqualTo(-504002);
    }

    @Test
    void aRefusalOfTheServerIsTold() {
        server.on(
                "POST " + SUM + "/invocations",
                asked -> ServerDouble.refusal(404, "FUNCTION_UNKNOWN", "function: there is no sum", "berth functions"));
        Typed typed = Typed.in(folder, "invoke", "sum");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).isEqualTo("error: function: there is no sum\n  → berth functions\n");
    }

    @Test
    void tellsHowToAttachADebuggerAndThenTheResult() {
        server.on("POST " + SUM + "/inspections", """
                {"inspecting":{"url":"ws://127.0.0.1:9230/0a-1b","files":"/data/artifacts/sum-003"}}
                {"finished":%s}
                """.formatted(THREE.replace("\n", "")));
        Typed typed = Typed.in(folder, "invoke", "sum", "--as", "alice", "-d", "{\"a\":1}", "--inspect=9230");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).isEqualTo("{\"sum\":3}\n");
        assertThat(server.lastAsked().path()).isEqualTo(SUM + "/inspections?as=alice&port=9230&log=true");
        assertThat(server.lastAsked().text()).isEqualTo("{\"a\":1}");
        assertThat(typed.err())
                .startsWith("sum waits for a debugger at ws://127.0.0.1:9230/0a-1b\n")
                .contains("chrome://inspect", "127.0.0.1:9230")
                .endsWith("adding\n第二行\n[berth] request r-7, 80 ms in all\n");
        String said = typed.err();
        JsonNode launch = Json.readOrMissing(said.substring(said.indexOf("{"), said.indexOf("}") + 1));
        assertThat(launch.path("request").asText()).isEqualTo("attach");
        assertThat(launch.path("port").asInt()).isEqualTo(9230);
        assertThat(launch.path("localRoot").asText()).isEqualTo(folder.toString());
        assertThat(launch.path("remoteRoot").asText()).isEqualTo("/data/artifacts/sum-003");
    }

    @Test
    void inspectsOnTheUsualPort() {
        server.on("POST " + SUM + "/inspections", "{\"finished\":{\"result\":1}}");
        assertThat(Typed.in(folder, "invoke", "sum", "--inspect").out()).isEqualTo("1\n");
        assertThat(server.lastAsked().path()).isEqualTo(SUM + "/inspections?port=9229&log=true");
        assertThat(Typed.in(folder, "invoke", "--inspect", "--as", "bob", "sum").out())
                .isEqualTo("1\n");
        assertThat(server.lastAsked().path()).isEqualTo(SUM + "/inspections?as=bob&port=9229&log=true");
        Typed.in(folder, "invoke", "sum", "--inspect", "0");
        assertThat(server.lastAsked().path()).isEqualTo(SUM + "/inspections?port=0&log=true");
    }

    @Test
    void anInspectionTellsJsonLines() {
        server.on("POST " + SUM + "/inspections", """
                {"inspecting":{"url":"ws://127.0.0.1:9229/0a","files":"/f"}}
                {"finished":{"requestId":"r","error":{"code":-504002,"message":"m"},"log":["a line"]}}
                """);
        Typed typed = Typed.in(folder, "invoke", "sum", "--inspect", "--json");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).isEqualTo("""
                {"inspecting":{"url":"ws://127.0.0.1:9229/0a","files":"/f"}}
                {"requestId":"r","error":{"code":-504002,"message":"m"},"log":["a line"]}
                """);
        assertThat(typed.err()).startsWith("error: ");
    }

    @Test
    void anInspectionThatBreaksOffIsNoSuccess() {
        server.on("POST " + SUM + "/inspections", "");
        assertThat(Typed.in(folder, "invoke", "sum", "--inspect").err()).contains("ended before the function did");
        server.on("POST " + SUM + "/inspections", """
                {"error":{"code":"PORT_TAKEN","message":"port 9229 is taken","hint":"--inspect=9230"}}""");
        Typed refused = Typed.in(folder, "invoke", "sum", "--inspect");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("error: port 9229 is taken\n  → --inspect=9230\n");
    }
}
