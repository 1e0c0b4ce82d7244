package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.CallRecord;
import dev.berth.core.Caller;
import dev.berth.core.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller is told when the gateway itself refuses. */
class SystemErrorTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    @Test
    @Tag("CH-70")
    @Tag("CH-71")
    void aSystemErrorHasTheCapturedForm() throws Exception {
        gateway.service().script(request -> request.in().readAllBytes());
        RawClient.Answer answer = gateway.call(
                gateway.ask("GET", "/").with("X-WX-USER-TIMEOUT", "50").with("X-WX-CALL-ID", "call-1"));
        assertThat(answer.head().startLine()).startsWith("HTTP/1.1 200");
        assertThat(answer.text()).isEqualTo("{\"base_resp\":{\"ret\":102002,\"errmsg\":\"请求超时\"}}");
        assertThat(answer.header("Content-Length")).contains("52");
        assertThat(answer.header("x-wx-system-error")).contains("102002");
        assertThat(answer.header("LogicRet")).contains("102002");
        assertThat(answer.header("Content-Type")).contains("application/json; charset=UTF-8");
        assertThat(answer.header("Cache-Control")).contains("no-cache, must-revalidate");
        assertThat(answer.header("x-wx-call-id")).contains("call-1");
        assertThat(answer.header("x-wx-server-timing").orElseThrow()).matches("\\d{13},\\d{13}");
        assertThat(answer.header("Transfer-Encoding")).isEmpty();
    }

    @Test
    @Tag("CH-88")
    void aSystemErrorTellsPeopleWhoRefusedAndWhy() throws Exception {
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/").with("X-WX-SERVICE", "ghost"));
        assertThat(answer.header("x-berth-reason").orElseThrow())
                .startsWith("gateway; ")
                .contains("ghost");
    }

    @Test
    @Tag("CH-88")
    void theReasonStaysOneLineOfAsciiWhateverTheCallerSent() throws Exception {
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/").with("X-WX-SERVICE", "g\u00e9\tx"));
        assertThat(answer.header("x-berth-reason").orElseThrow())
                .matches("[ -~]+")
                .contains("g??x");
    }

    @ParameterizedTest
    @CsvSource({
        "cloud1-3gabc, add it with berth envs add; or start with berth up --env cloud1-3gabc PATH",
        "'', see which there are with berth envs",
        "$(reboot), see which there are with berth envs"
    })
    @Tag("CH-75")
    void anUnknownEnvironmentTellsHowToHaveIt(String environment, String remedy) throws Exception {
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/").with("X-WX-ENV", environment));
        assertThat(answer.header("x-berth-reason").orElseThrow())
                .isEqualTo("gateway; X-WX-ENV: %s is not known here; %s".formatted(environment, remedy));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CH-72|PATCH|demo|prod-01|102005 无效的 HTTP Method",
                "CH-72|CONNECT|demo|prod-01|102005 无效的 HTTP Method",
                "CH-72|PROPFIND|demo|prod-01|102005 无效的 HTTP Method",
                "CH-72|get|demo|prod-01|102005 无效的 HTTP Method",
                "CH-75|GET|demo|nowhere|-501000 Environment not found",
                "CH-75|GET|demo||-501000 Environment not found",
                "CH-76|GET|ghost|prod-01|-501000 Invalid host",
                "CH-77|GET||prod-01|-606004 Cannot find path.",
                "CH-78|GET|closed|prod-01|-601034 没有权限",
            })
    @Tag("CH-72")
    @Tag("CH-75")
    @Tag("CH-76")
    @Tag("CH-77")
    @Tag("CH-78")
    @Tag("CH-141")
    void eachConditionHasItsCodeAndText(
            String statement, String method, String service, String environment, String outcome) throws Exception {
        Ask ask = gateway.ask(method, "/")
                .with("X-WX-SERVICE", service == null ? "" : service)
                .with("X-WX-ENV", environment == null ? "" : environment);
        assertThat(gateway.call(ask).outcome()).as(statement).isEqualTo(outcome);
        assertThat(gateway.activator.asked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    @Tag("CH-72")
    void everyMethodOfTheGuideReachesTheService(String method) throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send(gateway.ask(method, "/a").toBytes());
            assertThat(gateway.service().next().head().startLine()).isEqualTo(method + " /a HTTP/1.1");
            assertThat(client.readHead().status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("CH-74")
    void anotherAppsEnvironmentIsRefused() throws Exception {
        String guest = gateway.signedIn(new Caller(TestDirectory.GUEST, "o-guest", Optional.empty()));
        Ask ask = gateway.ask("GET", "/").with("X-Berth-Session", guest);
        assertThat(gateway.call(ask).outcome())
                .as("granted, but resourceAppid forgotten")
                .isEqualTo("-501000 Authorization mismatch uin");
        ask.with("X-WX-RESOURCE-APPID", TestDirectory.OWNER).with("X-WX-ENV", TestDirectory.PRIVATE_ENV);
        assertThat(gateway.call(ask).outcome()).as("not granted").isEqualTo("-501000 Authorization mismatch uin");
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @Test
    @Tag("CH-115")
    void theNamedAppMustOwnTheEnvironment() throws Exception {
        Ask ask = gateway.ask("GET", "/").with("X-WX-RESOURCE-APPID", TestDirectory.GUEST);
        assertThat(gateway.call(ask).outcome()).isEqualTo("-501000 Authorization mismatch uin");
    }

    @ParameterizedTest
    @ValueSource(strings = {TestDirectory.OWNER, TestDirectory.GUEST, ""})
    @Tag("CH-74")
    @Tag("CH-131")
    void whatIsSharedWithAnAppIsNotSharedOnByIt(String resourceApp) throws Exception {
        String stranger = gateway.signedIn(new Caller(TestDirectory.ACCOUNT, "o-reader", Optional.empty()));
        Ask ask = gateway.ask("GET", "/").with("X-Berth-Session", stranger).with("X-WX-RESOURCE-APPID", resourceApp);
        assertThat(gateway.call(ask).outcome()).isEqualTo("-501000 Authorization mismatch uin");
        assertThat(gateway.activator.asked()).isZero();
    }

    @Test
    @Tag("CH-86")
    void sessionsThatCannotBeReadAreAnUnexpectedFailure() throws Exception {
        gateway.sessions.broken = true;
        assertThat(gateway.call(gateway.ask("GET", "/")).outcome()).isEqualTo("-601001 system error");
    }

    @Test
    @Tag("CH-70")
    void aRefusedCallIsRecordedWithItsCode() throws Exception {
        gateway.call(gateway.ask("GET", "/x?y").with("X-WX-SERVICE", "ghost").with("X-WX-CALL-ID", "c-1"));
        CallRecord call = gateway.recorded();
        assertThat(call.callId()).isEqualTo("c-1");
        assertThat(call.path()).isEqualTo("/x");
        assertThat(call.status()).isEqualTo(200);
        assertThat(call.outcome()).isEqualTo("-501000");
        assertThat(call.caller()).contains(GatewayFixture.ALICE);
        assertThat(call.refusal().map(Refusal::component)).contains("gateway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1665650722391-0.3439925994961486", "0.8370317322430423_1677169862227", "x", "!~", "128"})
    @Tag("CH-28")
    @Tag("CH-65")
    void thePrintableCallIdOfTheCallerIsKept(String id) throws Exception {
        String given = id.equals("128") ? "a".repeat(128) : id;
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/").with("X-WX-CALL-ID", given));
        assertThat(answer.header("x-wx-call-id")).contains(given);
        assertThat(gateway.service().next().head().one("x-wx-call-id")).contains(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "129", "\u00e9", "a\tb"})
    @Tag("CH-28")
    void anyOtherCallIdIsReplacedByOneOfTheNativeForm(String id) throws Exception {
        String given = id.equals("129") ? "a".repeat(129) : id;
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/").with("X-WX-CALL-ID", given));
        String made = answer.header("x-wx-call-id").orElseThrow();
        assertThat(made).matches("\\d{13}-\\d\\.\\d+(E-\\d+)?");
        assertThat(gateway.service().next().head().one("x-wx-call-id")).contains(made);
    }

    @Test
    @Tag("CH-28")
    void everyCallWithoutAnIdGetsItsOwn() throws Exception {
        RawClient.Answer first = gateway.call(gateway.ask("GET", "/"));
        RawClient.Answer second = gateway.call(gateway.ask("GET", "/"));
        assertThat(first.header("x-wx-call-id")).isNotEqualTo(second.header("x-wx-call-id"));
    }
}
