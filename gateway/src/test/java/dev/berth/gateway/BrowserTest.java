package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages of other origins may do and see. */
class BrowserTest {
    private static final String PAGE = "https://shop.example.com";

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    @RegisterExtension
    static final GatewayFixture withoutSimulator = new GatewayFixture(AllowedMethods.DOCUMENTED, false);

    private static Ask preflight(String origin) {
        return new Ask("OPTIONS /any/path HTTP/1.1")
                .line("Host: gateway.test")
                .line("Origin: " + origin)
                .line("Access-Control-Request-Method: PUT")
                .line("Access-Control-Request-Headers: x-berth-session,x-wx-env");
    }

    private static RawHead preflighted(GatewayFixture door, String origin) throws Exception {
        try (RawClient client = door.connect()) {
            return client.send(preflight(origin).toBytes()).readHead();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PAGE, "http://localhost:5173", "http://127.0.0.1", "https://[::1]:8443"})
    @Tag("CH-140")
    void thePreflightOfAnAllowedOriginIsAnswered(String origin) throws Exception {
        RawHead head = preflighted(gateway, origin);
        assertThat(head.status()).isEqualTo(204);
        assertThat(head.one("Access-Control-Allow-Origin")).contains(origin);
        assertThat(head.one("Access-Control-Allow-Methods").orElseThrow().split(", ", -1))
                .containsExactly("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");
        assertThat(head.one("Access-Control-Allow-Headers")).contains("x-berth-session,x-wx-env");
        assertThat(head.one("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(head.one("Vary")).contains("Origin");
        assertThat(gateway.activator.asked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com",
                "http://shop.example.com",
                "https://shop.example.com:8443",
                "https://shop.example.com.evil.net",
                "http://localhost.evil.net",
                "http://127.0.0.1.evil.net",
                "http://localhost@evil.net",
                "null",
                "*",
                "not a url",
            })
    @Tag("CH-140")
    void anyOtherOriginIsNot(String origin) throws Exception {
        RawHead head = preflighted(gateway, origin);
        assertThat(head.status()).isEqualTo(403);
        assertThat(head.one("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    @Tag("CH-140")
    void withoutTheSimulatorThePagesOfThisMachineAreStrangers() throws Exception {
        assertThat(preflighted(withoutSimulator, "http://localhost:5173").status())
                .isEqualTo(403);
        assertThat(preflighted(withoutSimulator, PAGE).status()).isEqualTo(204);
    }

    @Test
    @Tag("CH-140")
    void anAllowedPageSeesEveryHeaderAndNoCredentialsAreUsed() throws Exception {
        gateway.service()
                .answer(
                        "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Credentials: true\r\n"
                                + "Vary: Accept\r\nContent-Length: 2\r\n\r\nok");
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/").line("Origin: " + PAGE));
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(PAGE);
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("*");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.head().all("Vary")).containsExactly("Accept", "Origin");
        assertThat(gateway.service().next().head().one("Origin")).contains(PAGE);
    }

    @Test
    @Tag("CH-140")
    void anAllowedPageSeesRefusalsToo() throws Exception {
        RawClient.Answer system =
                gateway.call(gateway.ask("GET", "/").line("Origin: " + PAGE).with("X-WX-SERVICE", "ghost"));
        assertThat(system.outcome()).isEqualTo("-501000 Invalid host");
        assertThat(system.header("Access-Control-Allow-Origin")).contains(PAGE);
        RawClient.Answer door =
                gateway.call(gateway.ask("GET", "/").line("Origin: " + PAGE).with("X-WX-SERVICE", "empty"));
        assertThat(door.header("Access-Control-Allow-Origin")).contains(PAGE);
        RawClient.Answer route = gateway.call(new Ask("POST /__berth__/sessions HTTP/1.1")
                .line("Host: x")
                .line("Origin: " + PAGE)
                .body("application/json", new byte[0]));
        assertThat(route.status()).isEqualTo(400);
        assertThat(route.header("Access-Control-Allow-Origin")).contains(PAGE);
    }

    @Test
    @Tag("CH-140")
    void aStrangersPageIsToldNothing() throws Exception {
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/").line("Origin: https://evil.example.com"));
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Access-Control-Expose-Headers")).isEmpty();
    }

    @Test
    @Tag("CH-140")
    @Tag("CH-31")
    void aRedirectArrivesReadableForBerthsClient() throws Exception {
        gateway.service()
                .answer(
                        "HTTP/1.1 302 Found\r\nLocation: /next\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n");
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/").line("X-Berth-Client: client-js/0.1"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head().startLine()).doesNotContain("Found");
        assertThat(answer.header("x-berth-status")).contains("302");
        assertThat(answer.header("x-berth-location")).contains("/next");
        assertThat(answer.head().all("x-berth-set-cookie")).isEqualTo(List.of("a=1", "b=2"));
        assertThat(answer.head().all("Set-Cookie")).isEqualTo(List.of("a=1", "b=2"));
        assertThat(gateway.service().next().head().one("X-Berth-Client")).isEmpty();
    }

    @Test
    @Tag("CH-140")
    @Tag("CH-31")
    void anyOtherClientGetsTheRedirectItself() throws Exception {
        gateway.service().answer("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n");
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/"));
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("x-berth-status")).isEmpty();
        assertThat(answer.header("Location")).contains("/next");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"301 Moved Permanently", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"})
    @Tag("CH-140")
    @Tag("CH-31")
    void otherRedirectsAreNotTouched(String status) throws Exception {
        gateway.service().answer("HTTP/1.1 " + status + "\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n");
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/").line("X-Berth-Client: client-js/0.1"));
        assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 " + status);
    }

    @Test
    @Tag("CH-113")
    @Tag("CH-138")
    void anOptionsCallWithASessionReachesTheService() throws Exception {
        Ask ask = gateway.ask("OPTIONS", "/").line("Origin: " + PAGE).line("Access-Control-Request-Method: PUT");
        assertThat(gateway.call(ask).text()).isEqualTo("ok");
        assertThat(gateway.service().next().head().startLine()).isEqualTo("OPTIONS / HTTP/1.1");
    }
}
