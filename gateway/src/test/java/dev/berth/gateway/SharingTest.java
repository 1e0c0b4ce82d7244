package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Caller;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker.Invocation;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The owner's word about callers of a shared environment: the function {@code cloudbase_auth}. */
class SharingTest {
    private static final Caller GUEST = new Caller(TestDirectory.GUEST, "o-guest", Optional.of("u-guest"));
    private static final String YES = "{\"errCode\":0,\"errMsg\":\"\",\"auth\":\"{}\"}";
    private static final String NO = "{\"errCode\":7}";

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static String guest() throws Exception {
        return gateway.signedIn(GUEST);
    }

    private static Ask shared(Ask ask, String session) {
        return ask.with("X-Berth-Session", session)
                .with("X-WX-ENV", TestDirectory.GUARDED_ENV)
                .with("X-WX-RESOURCE-APPID", TestDirectory.OWNER);
    }

    private static Ask service(String session) {
        return shared(gateway.ask("GET", "/"), session);
    }

    private static Ask function(String session) {
        Ask ask = new Ask("POST /__berth__/functions/hello HTTP/1.1").line("Host: gateway.test");
        return shared(ask, session).body("application/json", "{\"data\":{}}".getBytes(UTF_8));
    }

    private static Ask init(String session) {
        return shared(new Ask("POST /__berth__/init HTTP/1.1").line("Host: gateway.test"), session)
                .with("Content-Length", "0");
    }

    private static List<Ask> everyWayIn(String session) {
        return List.of(service(session), function(session), init(session));
    }

    private static List<String> askedFunctions() {
        return gateway.functions.invokedSoFar().stream()
                .map(invocation -> invocation.function().name())
                .toList();
    }

    @Test
    @Tag("CH-133")
    @Tag("CH-134")
    void whoMayComeInIsAskedOfTheOwnerBeforeAnythingElse() throws Exception {
        gateway.functions.give(YES);

        for (Ask ask : everyWayIn(guest())) {
            assertThat(gateway.call(ask).header("x-wx-system-error")).isEmpty();
        }
        assertThat(gateway.functions.invoked())
                .isEqualTo(new Invocation(
                        new FunctionId(TestDirectory.GUARDED_ENV, "cloudbase_auth"),
                        "{}",
                        Origin.client(GUEST, "127.0.0.1")));
        assertThat(askedFunctions()).containsExactly("hello"); // the verdict is not asked for again
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|-601015 access denied (cloudfunction cloudbase_auth returns empty errCode)",
                "{\"errCode\":null}|-601015 access denied (cloudfunction cloudbase_auth returns empty errCode)",
                "{\"errCode\":\"\"}|-601015 access denied (cloudfunction cloudbase_auth returns empty errCode)",
                "null|-601016 missing env auth info",
                "\"0\"|-601016 missing env auth info",
                "[]|-601016 missing env auth info",
                "{|-601016 missing env auth info",
                "{\"errCode\":1}|-601017 access denied (cloudbase_auth returns non-zero errCode)",
                "{\"errCode\":-1,\"errMsg\":\"no\"}|-601017 access denied (cloudbase_auth returns non-zero errCode)",
                "{\"errCode\":\"no\"}|-601017 access denied (cloudbase_auth returns non-zero errCode)",
                "{\"errCode\":true}|-601017 access denied (cloudbase_auth returns non-zero errCode)",
            })
    @Tag("CH-85")
    @Tag("CH-134")
    void anyOtherVerdictKeepsTheCallerOut(String verdict, String expected) throws Exception {
        gateway.functions.give(verdict);
        String session = guest();

        for (Ask ask : everyWayIn(session)) {
            RawClient.Answer answer = gateway.call(ask);
            assertThat(answer.outcome()).isEqualTo(expected);
            assertThat(answer.header("x-berth-reason").orElseThrow()).startsWith("function; cloudbase_auth ");
        }
        assertThat(gateway.activator.asked()).isZero();
        assertThat(askedFunctions()).hasSize(3).containsOnly("cloudbase_auth");
    }

    @ParameterizedTest
    @CsvSource({"EXECUTION_FAILED", "TIMED_OUT", "TOO_MANY", "UNKNOWN", "PLATFORM_FAILED"})
    @Tag("CH-85")
    @Tag("CH-134")
    void aVerdictThatCannotBeHadKeepsTheCallerOut(FunctionError error) throws Exception {
        gateway.functions.fail(error, "Error: secret of the owner");

        RawClient.Answer answer = gateway.call(service(guest()));

        assertThat(answer.outcome()).isEqualTo("-601016 missing env auth info");
        assertThat(answer.header("x-berth-reason").orElseThrow()).doesNotContain("secret");
        assertThat(gateway.recorded().outcome()).isEqualTo("-601016");
    }

    @Test
    @Tag("CH-133")
    void whoWasRefusedIsAskedForAgain() throws Exception {
        String session = guest();
        gateway.functions.give(NO);
        assertThat(gateway.call(service(session)).systemError()).isEqualTo("-601017");
        gateway.functions.give(YES);

        assertThat(gateway.call(service(session)).text()).isEqualTo("ok");
        assertThat(gateway.call(service(session)).text()).isEqualTo("ok");
        assertThat(askedFunctions()).hasSize(2);
    }

    @Test
    @Tag("CH-133")
    void theVerdictHoldsForSomeMinutesAndForOneSession() throws Exception {
        gateway.functions.give(YES);
        String session = guest();
        gateway.call(service(session));
        gateway.call(service(guest()));
        assertThat(askedFunctions()).hasSize(2);

        gateway.clock.move(Sharing.REMEMBERED.minusSeconds(20));
        gateway.call(service(session));
        assertThat(askedFunctions()).hasSize(2);
        gateway.clock.move(Duration.ofSeconds(40));
        gateway.call(service(session));
        assertThat(askedFunctions()).hasSize(3);
    }

    @Test
    @Tag("CH-133")
    void callsThatStartTogetherWaitForOneVerdict() throws Exception {
        CompletableFuture<Outcome> verdict = new CompletableFuture<>();
        gateway.functions.answer(invocation -> verdict);
        String session = guest();
        try (RawClient first = gateway.connect();
                RawClient second = gateway.connect()) {
            first.send(service(session).toBytes());
            Invocation invocation = gateway.functions.invoked();
            second.send(init(session).toBytes());
            verdict.complete(TestFunctions.returned(invocation, YES));
            assertThat(first.read().text()).isEqualTo("ok");
            assertThat(second.read().text()).isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");
        }
        assertThat(askedFunctions()).isEmpty();
    }

    @Test
    @Tag("CH-133")
    @Tag("CH-71")
    void theTimeOfACallGoesOnWhileTheVerdictIsOut() throws Exception {
        gateway.functions.answer(invocation -> new CompletableFuture<>());

        assertThat(gateway.call(service(guest()).line("X-WX-USER-TIMEOUT: 50")).outcome())
                .isEqualTo("102002 请求超时");
    }

    @Test
    @Tag("CH-134")
    @Tag("CH-137")
    void nobodyIsAskedAboutTheOwnersUsersOrWithoutTheFunction() throws Exception {
        gateway.functions.give(NO);
        String alice = gateway.signedIn(GatewayFixture.ALICE);
        assertThat(gateway.call(service(alice)).text()).isEqualTo("ok");
        assertThat(gateway.call(init(alice)).text()).isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");
        assertThat(gateway.call(service(guest()).with("X-WX-ENV", TestDirectory.ENV))
                        .text())
                .isEqualTo("ok");
        assertThat(gateway.call(init(guest()).with("X-WX-ENV", TestDirectory.ENV))
                        .text())
                .isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");

        assertThat(askedFunctions()).isEmpty();
    }

    @Test
    @Tag("CH-138")
    @Tag("CH-143")
    void theOwnerIsAskedAfterTheGrantAndBeforeTheService() throws Exception {
        gateway.functions.give(NO);
        String session = guest();

        assertThat(gateway.call(service(session).without("X-WX-RESOURCE-APPID")).outcome())
                .isEqualTo("-501000 Authorization mismatch uin");
        assertThat(gateway.call(init(session).with("X-WX-ENV", "nowhere")).outcome())
                .isEqualTo("-501000 Environment not found");
        assertThat(gateway.call(init("x")).outcome()).isEqualTo("40001 invalid credential");
        assertThat(askedFunctions()).isEmpty();
        assertThat(gateway.call(service(session).with("X-WX-SERVICE", "missing"))
                        .outcome())
                .startsWith("-601017 ");
    }

    @Test
    @Tag("CH-143")
    @Tag("CH-140")
    void aPageMayAskToo() throws Exception {
        String origin = "https://shop.example.com";
        gateway.functions.give(YES);
        for (String session : List.of(guest(), "x")) {
            assertThat(gateway.call(init(session).line("Origin: " + origin)).header("Access-Control-Allow-Origin"))
                    .contains(origin);
        }
        assertThat(gateway.refused().outcome()).isEqualTo("INIT_40001");
    }
}
