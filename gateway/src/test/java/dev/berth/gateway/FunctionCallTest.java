package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.berth.core.CallRecord;
import dev.berth.core.Caller;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker.Invocation;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.Origin;
import dev.berth.core.VersionId;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /__berth__/functions/<name>}. */
class FunctionCallTest {
    private static final Caller GUEST = new Caller(TestDirectory.GUEST, "o-guest", Optional.of("u-guest"));

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask hello(String session, String body) {
        return post("hello", session, body);
    }

    private static Ask post(String function, String session, String body) {
        return new Ask("POST /__berth__/functions/" + function + " HTTP/1.1")
                .line("Host: gateway.test")
                .line("X-WX-ENV: " + TestDirectory.ENV)
                .line("X-Berth-Session: " + session)
                .body("application/json", body.getBytes(UTF_8));
    }

    private static RawClient.Answer byAlice(String body) throws Exception {
        return gateway.call(hello(alice(), body));
    }

    private static String alice() throws Exception {
        return gateway.signedIn(GatewayFixture.ALICE);
    }

    @Test
    @Tag("CH-142")
    @Tag("WT-67")
    void theResultOfTheFunctionIsTheAnswer() throws Exception {
        gateway.functions.give("{\"sum\":3}");

        RawClient.Answer answer =
                gateway.call(hello(alice(), "{\"data\":{\"a\":1}}").line("X-WX-CALL-ID: 17-0.5"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\",\"requestID\":\"request-7\",\"result\":{\"sum\":3}}");
        assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(answer.header("x-wx-call-id")).contains("17-0.5");
        assertThat(answer.header("X-CloudBase-Request-Id")).isPresent();
        assertThat(answer.header("Server-Timing").orElseThrow()).matches("cold;dur=\\d+, service;dur=\\d+");
        assertThat(answer.header("x-wx-system-error")).isEmpty();
        assertThat(gateway.functions.invoked())
                .isEqualTo(new Invocation(
                        new FunctionId(TestDirectory.ENV, "hello"),
                        "{\"a\":1}",
                        Origin.client(GatewayFixture.ALICE, "127.0.0.1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"text\"",
                "12345678901234567890.12345678901234567890",
                "[1,2]",
                "{\"big\":1e400,\"云\":\"\\u4e91\"}"
            })
    @Tag("CH-142")
    @Tag("AD-81")
    void theTextOfTheResultIsHandedOnAsItIs(String json) throws Exception {
        gateway.functions.give(json);

        assertThat(byAlice("{\"data\":{}}").text()).endsWith(",\"result\":" + json + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                "{\"n\":12345678901234567890,\"f\":0.10,\"e\":1E+2}",
                "{ \"a\" : [ 1 , {\"}\":\"]\"} ] ,\n\t\"b\":\"\\\"}\" }",
                "{\"$url\":\"router\",\"云\":\"\\u4e91\uD83D\uDEA2\"}",
            })
    @Tag("CH-142")
    @Tag("AD-75")
    void theTextOfTheDataIsHandedOnAsItIs(String data) throws Exception {
        gateway.functions.give("null");
        String padding = " ".repeat(100_000);
        for (String body : List.of(
                "{\"data\":" + data + "}",
                " {\"cloudIds\":{},\"data\": " + data + " } ",
                "{" + padding + "\"data\":" + data + padding + "}")) {
            assertThat(byAlice(body).status()).isEqualTo(200);
            assertThat(gateway.functions.invoked().event()).isEqualTo(data);
        }
    }

    @Test
    @Tag("CH-142")
    @Tag("WT-71")
    @Tag("AD-76")
    void cloudIdsGoAlongInTheirOrder() throws Exception {
        gateway.functions.give("null");

        byAlice("{\"data\":{\"a\":1},\"cloudIds\":{\"z\":\"berth1_z\",\"a\":\"berth1_a\",\"云\":\"43_x\"}}");

        assertThat(gateway.functions.invoked().cloudIds())
                .containsExactly(entry("z", "berth1_z"), entry("a", "berth1_a"), entry("云", "43_x"));
    }

    @Test
    @Tag("CH-142")
    @Tag("WT-68")
    @Tag("WT-69")
    void aFunctionThatThrowsIsToldWithItsStack() throws Exception {
        gateway.functions.fail(FunctionError.EXECUTION_FAILED, "Error: \"no\"\n    at exports.main (index.js:3:9)");

        RawClient.Answer answer = byAlice("{\"data\":{}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-wx-system-error")).isEmpty();
        assertThat(new JsonObject(answer.text()))
                .isEqualTo(new JsonObject()
                        .put("errcode", -504002)
                        .put("errmsg", "Error: \"no\"\n    at exports.main (index.js:3:9)")
                        .put("requestID", "request-7"));
    }

    @ParameterizedTest
    @CsvSource({"TIMED_OUT,-504003", "RESULT_TOO_LARGE,-604001"})
    @Tag("CH-142")
    @Tag("WT-69")
    void whatTheFunctionRanIntoIsToldBesideItsRequest(FunctionError error, int code) throws Exception {
        gateway.functions.fail(error, "Invoking task timed out after 3 seconds");

        JsonObject answer = new JsonObject(byAlice("{\"data\":{}}").text());

        assertThat(answer.getInteger("errcode")).isEqualTo(code);
        assertThat(answer.getString("errmsg")).isEqualTo("Invoking task timed out after 3 seconds");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "TOO_MANY", "EVENT_TOO_LARGE", "EVENT_INVALID", "PLATFORM_FAILED"})
    @Tag("CH-142")
    @Tag("WT-69")
    void aFunctionThatDidNotRunIsASystemError(FunctionError error) throws Exception {
        gateway.functions.fail(error, "what a user sent");

        RawClient.Answer answer = byAlice("{\"data\":{}}");

        assertThat(answer.outcome()).isEqualTo(error.code() + " " + error.text());
        assertThat(answer.header("x-berth-reason")).contains("functions; " + error.text());
        assertThat(gateway.recorded().outcome()).isEqualTo(Integer.toString(error.code()));
    }

    @Test
    @Tag("CH-142")
    void everyInvocationIsRecorded() throws Exception {
        gateway.functions.give("null");
        byAlice("{\"data\":{}}");

        CallRecord call = gateway.recorded();

        assertThat(call.kind()).isEqualTo(CallRecord.Kind.FUNCTION);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/__berth__/functions/hello");
        assertThat(call.environment()).isEqualTo(TestDirectory.ENV);
        assertThat(call.service()).isEqualTo("hello");
        assertThat(call.version()).contains(new VersionId(TestDirectory.ENV, "hello", 3));
        assertThat(call.caller()).contains(GatewayFixture.ALICE);
        assertThat(call.status()).isEqualTo(200);
        assertThat(call.outcome()).isEqualTo("ok");
        assertThat(call.refusal()).isEmpty();
        assertThat(call.cold()).isTrue();
        assertThat(call.queueMillis()).isLessThanOrEqualTo(call.totalMillis());
    }

    @Test
    @Tag("CH-142")
    void aFailureIsRecordedWithoutWhatTheFunctionSaid() throws Exception {
        gateway.functions.fail(FunctionError.EXECUTION_FAILED, "Error: secret of a user");
        byAlice("{\"data\":{}}");

        CallRecord call = gateway.recorded();

        assertThat(call.status()).isEqualTo(200);
        assertThat(call.outcome()).isEqualTo("-504002");
        assertThat(call.refusal().orElseThrow().component()).isEqualTo("function");
        assertThat(call.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "x, nowhere, missing, 40001 invalid credential",
        "'', nowhere, missing, 40001 invalid credential",
        "alice, nowhere, missing, -501000 Environment not found",
        "alice, private-01, missing, -501000 FunctionName parameter could not be found",
        "alice, account-01, missing, -501000 Authorization mismatch uin",
        "alice, prod-01, missing, -501000 FunctionName parameter could not be found",
        "alice, prod-01, '', -501000 FunctionName parameter could not be found",
        "alice, prod-01, hello%2e, -501000 FunctionName parameter could not be found",
        "alice, prod-01, hello/x, -501000 FunctionName parameter could not be found",
        "alice, prod-01, hello, -501013 request data size exceeds limit (5M)",
    })
    @Tag("CH-142")
    @Tag("CH-138")
    @Tag("WT-69")
    @Tag("CH-74")
    @Tag("CH-75")
    @Tag("CH-83")
    void theFirstFailureAnswersInTheOrderOfTheChecks(
            String session, String environment, String function, String expected) throws Exception {
        Ask ask = post(function, session.equals("alice") ? alice() : session, "")
                .with("X-WX-ENV", environment)
                .with("Content-Length", "" + (EventBody.LONGEST + 1));
        RawClient.Answer answer = gateway.call(ask);

        assertThat(answer.outcome()).isEqualTo(expected);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-berth-reason")).isPresent();
        assertThat(gateway.recorded().outcome()).isEqualTo(expected.substring(0, expected.indexOf(' ')));
        assertThat(gateway.functions.invokedSoFar()).isEmpty();
    }

    @Test
    @Tag("CH-142")
    @Tag("CH-83")
    void aSessionThatIsOverCallsNothing() throws Exception {
        String session = alice();
        gateway.clock.move(Duration.ofHours(2));

        assertThat(gateway.call(hello(session, "{\"data\":{}}")).outcome()).isEqualTo("42001 access_token expired");
        assertThat(gateway.functions.invokedSoFar()).isEmpty();
    }

    @Test
    @Tag("CH-142")
    @Tag("CH-86")
    void sessionsThatCannotBeReadAreAFailureOfThePlatform() throws Exception {
        String session = alice();
        gateway.sessions.broken = true;

        assertThat(gateway.call(hello(session, "{\"data\":{}}")).outcome()).isEqualTo("-601001 system error");
    }

    @Test
    @Tag("CH-142")
    @Tag("CH-115")
    @Tag("CH-132")
    void aGrantedAppCallsInItsUsersName() throws Exception {
        gateway.functions.give("null");
        String session = gateway.signedIn(GUEST);
        Ask ask = hello(session, "{\"data\":{}}").line("X-WX-RESOURCE-APPID: " + TestDirectory.OWNER);

        assertThat(gateway.call(ask).header("x-wx-system-error")).isEmpty();
        assertThat(gateway.functions.invoked().origin()).isEqualTo(Origin.client(GUEST, "127.0.0.1"));
        assertThat(gateway.call(hello(session, "{\"data\":{}}")).outcome())
                .isEqualTo("-501000 Authorization mismatch uin");
        assertThat(gateway.call(ask.with("X-WX-ENV", TestDirectory.PRIVATE_ENV)).outcome())
                .isEqualTo("-501000 Authorization mismatch uin");
        assertThat(gateway.functions.invokedSoFar()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{",
                "[]",
                "null",
                "5",
                "{}",
                "{\"data\":[]}",
                "{\"data\":null}",
                "{\"data\":\"{}\"}",
                "{\"data\":{}",
                "{\"data\":{}} x",
                "{\"data\":{}}{}",
                "{\"data\":{},\"data\":{}}",
                "{\"data\":{'a':1}}",
                "{\"data\":{\"a\":01}}",
                "{\"data\":{\"a\":NaN}}",
                "{\"data\":{},\"cloudIds\":[]}",
                "{\"data\":{},\"cloudIds\":{\"a\":5}}",
                "{\"data\":{},\"cloudIds\":{\"a\":null}}",
                "{\"data\":{},\"other\":1}",
                "{\"data\":{\"a\":\"\n\"}}",
            })
    @Tag("CH-142")
    void aBrokenBodyIsRefusedAndNotRepeated(String body) throws Exception {
        RawClient.Answer answer = byAlice(body);

        assertThat(answer.outcome()).isEqualTo("-501007 invalid parameters");
        assertThat(answer.header("x-berth-reason").orElseThrow()).startsWith("client; ");
        assertThat(gateway.functions.invokedSoFar()).isEmpty();
    }

    @Test
    @Tag("CH-142")
    void aBodyThatIsNoUtf8IsRefused() throws Exception {
        byte[] body = "{\"data\":{\"a\":\"?\"}}".getBytes(UTF_8);
        body[body.length - 4] = (byte) 0xff;
        Ask ask = hello(alice(), "").body("application/json", body);

        assertThat(gateway.call(ask).outcome()).isEqualTo("-501007 invalid parameters");
    }

    @Test
    @Tag("CH-142")
    @Tag("HO-57")
    void sixMebibytesPassAndOneByteMoreDoesNot() throws Exception {
        gateway.functions.give("null");
        String around = "{\"data\":{\"a\":\"\"}}";
        String largest = "{\"data\":{\"a\":\"" + "x".repeat(EventBody.LONGEST - around.length()) + "\"}}";
        String session = alice();

        assertThat(gateway.call(hello(session, largest)).header("x-wx-system-error"))
                .isEmpty();
        assertThat(gateway.functions.invoked().event()).hasSize(EventBody.LONGEST - "{\"data\":}".length());
        assertThat(gateway.call(chunked(session, largest)).header("x-wx-system-error"))
                .isEmpty();
        assertThat(gateway.functions.invoked().event()).hasSize(EventBody.LONGEST - "{\"data\":}".length());
        for (Ask ask : List.of(hello(session, largest + " "), chunked(session, largest + " "))) {
            assertThat(gateway.call(ask).outcome()).isEqualTo("-501013 request data size exceeds limit (5M)");
        }
        assertThat(gateway.functions.invokedSoFar()).isEmpty();
    }

    private static Ask chunked(String session, String body) {
        return hello(session, "")
                .without("Content-Length")
                .line("Transfer-Encoding: chunked")
                .bytes(Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
    }

    @Test
    @Tag("CH-142")
    void theConnectionIsKeptAfterARefusal() throws Exception {
        gateway.functions.give("null");
        String session = alice();
        try (RawClient client = gateway.connect()) {
            Ask refused = chunked(session, "{\"data\":{\"a\":\"" + "x".repeat(EventBody.LONGEST) + "\"}}");
            assertThat(client.send(refused.toBytes()).read().systemError()).isEqualTo("-501013");
            Ask unknown = post("missing", session, "{\"data\":{}}");
            assertThat(client.send(unknown.toBytes()).read().systemError()).isEqualTo("-501000");
            assertThat(client.send(hello(session, "{\"data\":{}}").toBytes())
                            .read()
                            .text())
                    .contains("\"errcode\":0");
        }
    }

    @Test
    @Tag("CH-142")
    void aCallerThatWaitsForLeaveToSendItsBodyGetsIt() throws Exception {
        gateway.functions.give("null");
        byte[] body = "{\"data\":{}}".getBytes(UTF_8);
        try (RawClient client = gateway.connect()) {
            client.send(hello(alice(), "")
                    .with("Content-Length", "" + body.length)
                    .line("Expect: 100-continue")
                    .toBytes());
            assertThat(client.readHead().status()).isEqualTo(100);
            assertThat(client.send(body).read().status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("CH-142")
    void theFunctionRunsOnWhenItsCallerLeaves() throws Exception {
        CompletableFuture<Outcome> ending = new CompletableFuture<>();
        gateway.functions.answer(invocation -> ending);
        Invocation invocation;
        try (RawClient client = gateway.connect()) {
            client.send(hello(alice(), "{\"data\":{}}").toBytes());
            invocation = gateway.functions.invoked();
        }
        CallRecord call = gateway.recorded();
        assertThat(call.status()).isZero();
        assertThat(call.refusal().orElseThrow().reason()).contains("the function runs on");
        assertThat(call.version()).isPresent();
        assertThat(ending).isNotCancelled();

        ending.complete(TestFunctions.returned(invocation, "null"));

        gateway.call(gateway.ask("GET", "/"));
        assertThat(gateway.recorded().kind()).isEqualTo(CallRecord.Kind.SERVICE);
    }

    @Test
    @Tag("CH-142")
    void aCallerThatLeavesInTheMiddleOfItsBodyInvokesNothing() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send(
                    hello(alice(), "{\"data\"").with("Content-Length", "100").toBytes());
            gateway.call(gateway.ask("GET", "/"));
        }
        gateway.recorded();
        CallRecord call = gateway.recorded();
        assertThat(call.kind()).isEqualTo(CallRecord.Kind.FUNCTION);
        assertThat(call.status()).isZero();
        assertThat(call.refusal().orElseThrow().component()).isEqualTo("client");
        assertThat(gateway.functions.invokedSoFar()).isEmpty();
    }

    @Test
    @Tag("CH-142")
    void aFunctionHasItsOwnTimeAndThatToLoadIt() throws Exception {
        gateway.functions.answer(invocation -> new CompletableFuture<>());
        long began = System.nanoTime();

        RawClient.Answer answer = byAlice("{\"data\":{}}");

        assertThat(answer.outcome()).isEqualTo("102002 请求超时");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(2_900));
        assertThat(gateway.recorded().refusal().orElseThrow().component()).isEqualTo("functions");
    }

    @Test
    @Tag("CH-142")
    @Tag("CH-79")
    void contradictoryFramingIsRefused() throws Exception {
        Ask ask = chunked(alice(), "{\"data\":{}}").line("Content-Length: 5");

        assertThat(gateway.call(ask).outcome()).isEqualTo("40097 system error");
        assertThat(gateway.functions.invokedSoFar()).isEmpty();
    }

    @Test
    @Tag("CH-142")
    @Tag("CH-140")
    void aPageMayCallAndSeeWhatWentWrong() throws Exception {
        gateway.functions.give("null");
        String origin = "https://shop.example.com";
        for (Ask ask : List.of(hello(alice(), "{\"data\":{}}"), hello(alice(), ""), hello("x", "{\"data\":{}}"))) {
            RawClient.Answer answer = gateway.call(ask.line("Origin: " + origin));
            assertThat(answer.header("Access-Control-Allow-Origin")).contains(origin);
            assertThat(answer.header("Access-Control-Expose-Headers")).contains("*");
            assertThat(answer.header("Vary")).contains("Origin");
        }
    }

    @Test
    @Tag("CH-142")
    @Tag("HO-54")
    void aConnectionIsNotIdleWhileAFunctionMayRun() {
        Duration head = Duration.ofSeconds(10);

        assertThat(DoorLimits.of(1, head, Duration.ofSeconds(900)).idle()).isEqualTo(Duration.ofSeconds(910));
        assertThat(DoorLimits.of(1, head, Duration.ofSeconds(5)).idle()).isEqualTo(DoorLimits.DEFAULT.idle());
    }

    private static String[] overHttp2(String session) {
        return new String[] {
            ":method",
            "POST",
            ":scheme",
            "http",
            ":authority",
            "gateway.test",
            ":path",
            "/__berth__/functions/hello",
            "x-wx-env",
            TestDirectory.ENV,
            "x-berth-session",
            session
        };
    }

    @Test
    @Tag("CH-142")
    @Tag("CH-141")
    void overHttp2ItIsTheSame() throws Exception {
        gateway.functions.give("{\"a\":1.0}");
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            caller.head(1, false, overHttp2(alice())).data(1, true, "{\"data\":{}}".getBytes(UTF_8));
            assertThat(caller.read(1).text()).endsWith(",\"result\":{\"a\":1.0}}");
            caller.head(3, false, overHttp2("x")).data(3, true, "{\"data\":{}}".getBytes(UTF_8));
            assertThat(caller.read(3).text()).contains("\"ret\":40001");
        }
    }

    @Test
    @Tag("CH-142")
    @Tag("CH-141")
    void aStreamThatIsResetInItsBodyInvokesNothing() throws Exception {
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            caller.head(1, false, overHttp2(alice())).data(1, false, "{\"data\"".getBytes(UTF_8));
            caller.number(Http2Caller.RESET, 1, 8);
            CallRecord call = gateway.recorded();
            assertThat(call.status()).isZero();
            assertThat(call.refusal().orElseThrow().component()).isEqualTo("client");
        }
        assertThat(gateway.functions.invokedSoFar()).isEmpty();
    }

    @Test
    @Tag("CH-142")
    void otherMethodsAreNotThere() throws Exception {
        Ask get = new Ask("GET /__berth__/functions/hello HTTP/1.1").line("Host: gateway.test");

        assertThat(gateway.call(get).status()).isEqualTo(404);
    }

    @Nested
    class BehindAProxy {
        @RegisterExtension
        static final GatewayFixture proxied = new GatewayFixture(TrustedProxies.of(List.of("127.0.0.0/8")));

        @Test
        @Tag("CH-142")
        @Tag("CH-61")
        @Tag("AD-80")
        void theFunctionLearnsTheAddressOfTheUser() throws Exception {
            proxied.functions.give("null");
            String session = proxied.signedIn(GatewayFixture.ALICE);

            proxied.call(hello(session, "{\"data\":{}}").line("X-Forwarded-For: 203.0.113.9, 198.51.100.7"));

            assertThat(proxied.functions.invoked().origin().clientAddress()).isEqualTo("198.51.100.7");
        }
    }
}
