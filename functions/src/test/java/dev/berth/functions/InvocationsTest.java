package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.CloudIdOpener;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionInvoker.Invocation;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.FunctionSettings;
import dev.berth.core.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InvocationsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private HostRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new HostRoom(folder, HostRoom.RULES);
    }

    @AfterEach
    void close() {
        room.close();
        assertThat(room.runtime.running()).isEmpty();
        assertThat(room.door.open).isEmpty();
    }

    @Test
    @Tag("AD-75")
    void givesTheEventAndTellsTheResult() {
        room.deploy(
                "sum",
                "exports.main = async ({ a, b, $url, userInfo }) => ({ sum: a + b, $url, by: userInfo.openId })");

        Outcome cold = room.invoke("sum", "{\"a\":1,\"b\":2,\"$url\":\"x\"}");
        Outcome warm = room.invoke("sum", "{\"a\":2,\"b\":2,\"$url\":\"x\"}");

        assertThat(HostRoom.returned(cold)).isEqualTo("{\"sum\":3,\"$url\":\"x\",\"by\":\"oALICE\"}");
        assertThat(HostRoom.returned(warm)).isEqualTo("{\"sum\":4,\"$url\":\"x\",\"by\":\"oALICE\"}");
        assertThat(cold.cold()).isTrue();
        assertThat(warm.cold()).isFalse();
        assertThat(cold.version().orElseThrow().name()).isEqualTo("sum-001");
        assertThat(UUID.fromString(cold.requestId())).isNotEqualTo(UUID.fromString(warm.requestId()));
        assertThat(cold.total()).isGreaterThan(cold.duration());
        assertThat(room.runtime.started).hasSize(1);
        assertThat(room.outcomes).containsExactly(cold, warm);
    }

    @Test
    @Tag("AD-81")
    void tellsNothingAsNull() {
        room.deploy("nothing", "exports.main = () => {}");

        assertThat(HostRoom.returned(room.invoke("nothing", "{}"))).isEqualTo("null");
    }

    @Test
    @Tag("WT-69")
    void knowsOnlyFunctionsThatAreDeployed() {
        Outcome outcome = room.invoke("nowhere", "{}");

        assertThat(HostRoom.failed(outcome).error()).isEqualTo(FunctionError.UNKNOWN);
        assertThat(HostRoom.failed(outcome).message())
                .isEqualTo("FunctionName parameter could not be found: no function nowhere in prod-01."
                        + " Deploy it, or correct the name.");
        assertThat(outcome.version()).isEmpty();
        assertThat(Files.exists(folder.resolve("logs/prod-01/nowhere.log"))).isFalse();
        assertThat(room.outcomes).containsExactly(outcome);
    }

    @Test
    @Tag("HO-57")
    void refusesLargeEventsBeforeAnyHostStarts() {
        room.deploy("f", "exports.main = () => 1");

        assertThat(HostRoom.failed(room.invoke("f", "{\"a\":\"" + "x".repeat(100 << 10) + "\"}"))
                        .error())
                .isEqualTo(FunctionError.EVENT_TOO_LARGE);
        assertThat(HostRoom.failed(room.invoke("f", "[1]")).error()).isEqualTo(FunctionError.EVENT_INVALID);
        assertThat(room.runtime.started).isEmpty();
    }

    @Test
    @Tag("HO-57")
    @Tag("AD-81")
    void refusesLargeResults() {
        room.deploy("f", "exports.main = ({ n }) => 'x'.repeat(n)");

        assertThat(HostRoom.returned(room.invoke("f", "{\"n\":1048574}"))).hasSize(1 << 20);
        assertThat(HostRoom.failed(room.invoke("f", "{\"n\":1048575}")).error())
                .isEqualTo(FunctionError.RESULT_TOO_LARGE);
        assertThat(HostRoom.failed(room.invoke("f", "{\"n\":1048575}")).message())
                .isEqualTo("cloudfunction result size exceed limit (1MB): 1048577 bytes");
    }

    @Test
    @Tag("AD-27")
    @Tag("AD-31")
    @Tag("AD-73")
    void givesTheEnvironmentThatTheSdkReads() throws IOException {
        room.deploy("env", "exports.main = () => ({ ...process.env })");

        JsonNode variables = JSON.readTree(HostRoom.returned(room.invoke("env", "{}")));

        assertThat(variables.at("/TENCENTCLOUD_RUNENV").textValue()).isEqualTo("SCF");
        assertThat(variables.at("/SCF_NAMESPACE").textValue()).isEqualTo("prod-01");
        assertThat(variables.at("/TCB_CONTEXT_CNFG").textValue()).isEqualTo("{\"URL\":\"http://127.0.0.1:9/admin\"}");
        assertThat(variables.at("/WX_OPENID").textValue()).isEqualTo("oALICE");
        assertThat(variables.at("/WX_CLIENTIP").textValue()).isEqualTo("203.0.113.7");
        assertThat(variables.at("/_SCF_TCB_LOG").textValue()).isEqualTo("1");
        assertThat(variables.at("/WX_API_TOKEN").textValue()).isNotEmpty();
        assertThat(variables.has("KUBERNETES_SERVICE_HOST")).isFalse();
        assertThat(variables.has("NODE_ENV")).isFalse();
        assertThat(variables.has("BERTH_HOST_KEY")).isFalse();
    }

    @Test
    @Tag("AD-78")
    void tellsTheContext() throws IOException {
        room.deploy("context", 7, "exports.main = (_, context) => context", HostRoom.settings(5, 512, 1));

        Outcome outcome = room.invoke("context", "{}");
        JsonNode context = JSON.readTree(HostRoom.returned(outcome));

        assertThat(context.at("/memory_limit_in_mb").intValue()).isEqualTo(512);
        assertThat(context.at("/time_limit_in_ms").intValue()).isEqualTo(5000);
        assertThat(context.at("/request_id").textValue()).isEqualTo(outcome.requestId());
        assertThat(context.at("/function_version").textValue()).isEqualTo("context-007");
        assertThat(context.at("/function_name").textValue()).isEqualTo("context");
        assertThat(context.at("/namespace").textValue()).isEqualTo("prod-01");
    }

    @Test
    @Tag("AD-18")
    void knowsTheSecretsOfAnInvocationWhileItRunsAndNotLonger() throws IOException {
        room.deploy("secrets", Waiting.CODE.replace("return {", "return { env: process.env,"));
        Waiting waiting = new Waiting(folder);

        CompletableFuture<Outcome> outcome = room.begin("secrets", waiting.event());
        waiting.awaitBegun();
        String token = JSON.readTree(Files.readString(waiting.begun()))
                .at("/WX_API_TOKEN")
                .textValue();
        LiveInvocation live = room.invocations.live().byToken(token).orElseThrow();

        assertThat(live.version().name()).isEqualTo("secrets-001");
        assertThat(live.origin().caller()).contains(HostRoom.ALICE);
        assertThat(room.invocations.live().bySecretId(live.secretId())).containsSame(live);
        live.log().accept("[berth] openapi.a.b: ok");
        waiting.release();
        JsonNode variables =
                JSON.readTree(HostRoom.returned(HostRoom.await(outcome))).at("/env");
        assertThat(live.secretKey())
                .isEqualTo(variables.at("/TENCENTCLOUD_SECRETKEY").textValue());
        assertThat(live.requestId()).isEqualTo(outcome.join().requestId());
        assertThat(room.invocations.live().byToken(token)).isEmpty();
        assertThat(room.invocations.live().bySecretId(live.secretId())).isEmpty();
        assertThat(outcome.join().log()).contains("[berth] openapi.a.b: ok");
    }

    @Test
    @Tag("AD-26")
    void knowsNobodyByTheEmptyToken() {
        room.deploy("f", "exports.main = () => process.env.WX_API_TOKEN === undefined");

        assertThat(HostRoom.returned(HostRoom.await(room.begin("f", "{}", Origin.operator()))))
                .isEqualTo("true");
        assertThat(room.invocations.live().byToken("")).isEmpty();
    }

    @Test
    void writesWhatAnInvocationDidUnderItsRequestId() {
        room.deploy(
                "log",
                "console.log('loading'); exports.main = () => { console.log('one\\ntwo'); console.error('three') }");

        Outcome outcome = room.invoke("log", "{}");

        String hostId = room.invocations.hosts().getFirst().hostId();
        assertThat(hostId).matches("log-001-[0-9a-f]{8}");
        assertThat(outcome.log()).hasSize(5);
        assertThat(outcome.log().get(0))
                .matches("START log-001 on " + hostId + " \\(cold, host started in [0-9.]+ ms\\) from wx_client");
        assertThat(outcome.log().subList(1, 4)).containsExactly("[info] one", "[info] two", "[error] three");
        assertThat(outcome.log().get(4)).matches("REPORT duration [0-9.]+ ms, memory ([0-9]+|\\?) of 256 MB, cold");
        assertThat(room.log("log").stream().map(line -> line.split(" ", 2)[1]))
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of(hostId + " [info] loading"),
                                outcome.log().stream().map(line -> outcome.requestId() + " " + line))
                        .toList());
    }

    @Test
    void keepsOnlySoMuchOfALogForTheCaller() {
        room.deploy("talk", "exports.main = () => { for (let i = 0; i < 10000; i++) console.log('x'.repeat(50)) }");

        Outcome outcome = room.invoke("talk", "{}");

        assertThat(outcome.log().stream().mapToInt(String::length).sum()).isLessThan(InvocationLines.KEPT_BYTES);
        assertThat(outcome.log().getLast()).isEqualTo("[berth] what follows is in the log of the function only");
        assertThat(room.log("talk")).hasSizeGreaterThan(9000);
    }

    @Test
    void keepsNoLogForWhoDidNotAsk() {
        room.deploy("f", "exports.main = () => console.log('x')");

        Outcome outcome = HostRoom.await(room.invocations
                .invoke(new Invocation(HostRoom.id("f"), "{}", Origin.timer()))
                .toCompletableFuture());

        assertThat(outcome.log()).isEmpty();
        assertThat(room.log("f")).hasSize(3);
    }

    @Test
    @Tag("AD-76")
    @Tag("AD-80")
    void opensCloudIds() {
        room.cloudIds = (_, user, id) -> id.equals("43_good") && user.equals(Optional.of("oALICE"))
                ? new CloudIdOpener.Opened("{\"steps\":1}")
                : new CloudIdOpener.Unopened(-601005, "invalid cloudID.");
        room.deploy("open", "exports.main = ({ run }) => [run, process.env.WX_OPEN_DATA_INFO]");

        Outcome outcome = HostRoom.await(room.invocations
                .invoke(new Invocation(
                        HostRoom.id("open"), "{}", Map.of("run", "43_good"), Origin.client(HostRoom.ALICE, ""), false))
                .toCompletableFuture());

        assertThat(HostRoom.returned(outcome))
                .isEqualTo("[{\"cloudID\":\"43_good\",\"data\":{\"steps\":1}},\"{\\\"keys\\\":[\\\"run\\\"]}\"]");
    }

    @Test
    void measuresTheMemoryOfAnInvocation() {
        room.deploy(
                "eat",
                1,
                "exports.main = async () => { const b = Buffer.alloc(150 << 20, 1);"
                        + " await new Promise((done) => setTimeout(done, 500)); return b.length }",
                HostRoom.settings(5, 512, 1));

        assertThat(room.invoke("eat", "{}").memory()).isBetween(150, 512);
    }

    @Test
    void saysWhatIsIgnoredOfTheVariablesOfAFunction() {
        room.deploy(
                "v",
                1,
                "exports.main = () => process.env.WX_OPENID",
                new FunctionSettings(
                        "index.main",
                        FunctionSettings.DEFAULT_TIME_LIMIT,
                        256,
                        1,
                        Map.of("WX_OPENID", "oBOB"),
                        new TreeSet<>(),
                        List.of()));

        assertThat(HostRoom.returned(room.invoke("v", "{}"))).isEqualTo("\"oALICE\"");
        assertThat(room.log("v").getFirst())
                .endsWith("[berth] the platform sets these variables, not the function: WX_OPENID");
    }
}
