package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The head of the service's answer as the caller gets it. */
class ResponseHeadTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static RawClient.Answer answered(String headerLines) throws Exception {
        gateway.service().answer("HTTP/1.1 200 OK\r\n" + headerLines + "\r\nContent-Length: 2\r\n\r\nok");
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/"));
        assertThat(answer.text()).isEqualTo("ok");
        return answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 OK",
                "201 Created",
                "206 Partial Content",
                "299 Whatever",
                "301 Moved Permanently",
                "302 Found",
                "400 Bad Request",
                "401 Unauthorized",
                "404 Not Found",
                "413 Payload Too Large",
                "418 I'm a teapot",
                "500 Oh dear",
                "502 Bad Gateway",
                "503 Service Unavailable",
                "599 Odd",
                "999 Odder",
            })
    @Tag("CH-24")
    @Tag("CH-114")
    @Tag("CH-31")
    @Tag("CH-68")
    void everyStatusPasses(String status) throws Exception {
        gateway.service().answer("HTTP/1.1 " + status + "\r\nLocation: /next\r\nContent-Length: 2\r\n\r\nok");
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/"));
        assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 " + status);
        assertThat(answer.header("Location")).contains("/next");
        assertThat(answer.header("x-cloudbase-upstream-status-code")).contains(status.substring(0, 3));
        assertThat(gateway.recorded().status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
    }

    @Test
    @Tag("CH-65")
    @Tag("CH-66")
    @Tag("CH-67")
    @Tag("CH-68")
    void theGatewayAddsWhoTheCallWasAndWhereTheTimeWent() throws Exception {
        long before = System.currentTimeMillis();
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/").with("X-WX-CALL-ID", "call-1"));
        long after = System.currentTimeMillis();
        assertThat(answer.header("x-wx-call-id")).contains("call-1");
        String[] timing = answer.header("x-wx-server-timing").orElseThrow().split(",", -1);
        assertThat(Long.parseLong(timing[0])).isBetween(before, after);
        assertThat(Long.parseLong(timing[1])).isBetween(Long.parseLong(timing[0]), after);
        assertThat(answer.header("X-CloudBase-Request-Id").orElseThrow()).matches("[0-9a-f]{32}");
        assertThat(answer.header("x-cloudbase-upstream-status-code")).contains("200");
        assertThat(answer.header("X-CloudBase-Upstream-TimeCost").orElseThrow()).matches("\\d+");
        assertThat(answer.header("Server-Timing").orElseThrow()).matches("queue;dur=\\d+, service;dur=\\d+");
    }

    @Test
    @Tag("CH-67")
    void everyCallHasItsOwnRequestId() throws Exception {
        String first = answered("X: 1").header("X-CloudBase-Request-Id").orElseThrow();
        assertThat(answered("X: 1").header("X-CloudBase-Request-Id"))
                .isPresent()
                .isNotEqualTo(first);
    }

    @Test
    @Tag("CH-66")
    void aColdStartIsTold() throws Exception {
        gateway.activator.sleep();
        try (RawClient client = gateway.connect()) {
            client.send(gateway.ask("GET", "/").toBytes());
            gateway.activator.started(gateway.activator.nextWaiting());
            assertThat(client.read().header("Server-Timing").orElseThrow()).matches("cold;dur=\\d+, service;dur=\\d+");
        }
        assertThat(gateway.recorded().cold()).isTrue();
    }

    @Test
    @Tag("CH-114")
    void theServicesHeadersPassAsTheyAre() throws Exception {
        RawClient.Answer answer = answered(String.join(
                "\r\n",
                "Server: nginx",
                "Date: Thu, 01 Jan 1970 00:00:00 GMT",
                "Content-Type: text/html; charset=gbk",
                "ETag: W/\"a\"",
                "X-Powered-By: Express",
                "Vary: Accept",
                "Set-Cookie: a=1; Path=/",
                "Set-Cookie: b=2",
                "X-OdD: \u00e4\u00b8\u00ad",
                "X-Empty:",
                "Cache-Control: no-store",
                "Keep: 1",
                "Upgraded: 1"));
        assertThat(answer.head().headerLines())
                .contains(
                        "Server: nginx",
                        "Date: Thu, 01 Jan 1970 00:00:00 GMT",
                        "Content-Type: text/html; charset=gbk",
                        "ETag: W/\"a\"",
                        "X-Powered-By: Express",
                        "Vary: Accept",
                        "Set-Cookie: a=1; Path=/",
                        "Set-Cookie: b=2",
                        "X-OdD: \u00e4\u00b8\u00ad",
                        "Cache-Control: no-store",
                        "Keep: 1",
                        "Upgraded: 1");
        assertThat(answer.header("X-Empty")).contains("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-wx-system-error: 102002",
                "X-WX-System-Error: 102002",
                "x-wx-call-id: mine",
                "X-WX-SERVER-TIMING: 1,2",
                "x-wx-anything: 1",
                "x-berth-reason: service; lies",
                "X-Berth-Status: 302",
                "x-berth-set-cookie: a=1",
                "X-CloudBase-Request-Id: mine",
                "x-cloudbase-upstream-status-code: 999",
            })
    @Tag("CH-70")
    @Tag("CH-114")
    void aServiceCannotPlayThePlatform(String line) throws Exception {
        RawClient.Answer answer = answered(line);
        assertThat(answer.head().text()).doesNotContainIgnoringCase(line);
        assertThat(answer.header("x-wx-system-error")).isEmpty();
        assertThat(answer.head().all("x-wx-call-id")).hasSize(1);
        assertThat(answer.head().all("X-CloudBase-Request-Id")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Keep-Alive: timeout=5",
                "Proxy-Authenticate: Basic",
                "Proxy-Connection: keep-alive",
                "TE: trailers",
                "Trailer: X-T",
                "Upgrade: h2c",
                "Connection: keep-alive",
                "Connection: X-Hop\r\nX-Hop: 1",
                "Connection: x-hop, X-Hop2\r\nX-Hop: 1\r\nX-HOP2: 2",
            })
    @Tag("CH-114")
    void whatBelongsToTheServicesConnectionIsDropped(String lines) throws Exception {
        RawHead head = answered(lines).head();
        for (String line : lines.split("\r\n", -1)) {
            assertThat(head.all(line.substring(0, line.indexOf(':')))).as(line).isEmpty();
        }
    }

    @Test
    @Tag("CH-114")
    void anAnswerOfAnHttp10ServicePasses() throws Exception {
        gateway.service().script(request -> {
            request.answer("HTTP/1.0 200 Fine\r\nX-Old: 1\r\n\r\nold");
            request.socket().close();
        });
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/"));
        assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 200 Fine");
        assertThat(answer.text()).isEqualTo("old");
    }

    @Test
    @Tag("CH-114")
    void interimAnswersOfTheServiceAreNotTakenForTheAnswer() throws Exception {
        gateway.service()
                .answer("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + RawService.OK);
        assertThat(gateway.call(gateway.ask("GET", "/")).text()).isEqualTo("ok");
    }
}
