package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.CallRecord;
import dev.berth.core.Limits;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls over HTTP/2 by prior knowledge: the service sees the same as over HTTP/1.1. */
class Http2CallTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Http2Caller connect(int... settings) throws Exception {
        return new Http2Caller(gateway.port(), settings);
    }

    @Test
    @Tag("CH-141")
    @Tag("CH-113")
    void aCallReachesTheServiceWithTheIdentityOfItsCaller() throws Exception {
        try (Http2Caller caller = connect()) {
            caller.head(1, true, gateway.http2("GET", "/a?b=c", "x-wx-openid", "forged", "x_wx_openid", "forged too"));
            Http2Caller.Answer answer = caller.read(1);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.header("x-wx-call-id")).isPresent();
            assertThat(answer.header("content-length")).contains("2");
        }
        RawHead seen = gateway.service().next().head();
        assertThat(seen.startLine()).isEqualTo("GET /a?b=c HTTP/1.1");
        assertThat(seen.one("X-WX-OPENID")).contains("o-alice");
        assertThat(seen.all("x_wx_openid")).isEmpty();
        assertThat(seen.one("X-Forwarded-For")).contains("127.0.0.1");
        assertThat(seen.one("X-Berth-Session")).isEmpty();
        assertThat(seen.one("Host")).contains("gateway.test");
        assertThat(seen.one("Content-Length")).isEmpty();
        assertThat(seen.one("Transfer-Encoding")).isEmpty();
        assertThat(seen.text()).doesNotContain(":authority", ":path");
    }

    @Test
    @Tag("CH-141")
    void cookiesThatCameInCrumbsReachTheServiceAsOne() throws Exception {
        try (Http2Caller caller = connect()) {
            caller.head(1, true, gateway.http2("GET", "/", "cookie", "a=1", "cookie", "b=2", "te", "trailers"));
            assertThat(caller.read(1).status()).isEqualTo(200);
        }
        RawHead seen = gateway.service().next().head();
        assertThat(seen.all("Cookie")).containsExactly("a=1; b=2");
        assertThat(seen.all("TE")).isEmpty();
    }

    @Test
    @Tag("CH-141")
    void manyCallsRunSideBySideOnOneConnection() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        gateway.service().script(request -> {
            if (request.head().startLine().contains("/slow")) {
                second.await();
            }
            request.answer(RawService.OK);
            second.countDown();
        });
        try (Http2Caller caller = connect()) {
            caller.head(1, true, gateway.http2("GET", "/slow"));
            caller.head(3, true, gateway.http2("GET", "/fast"));
            assertThat(caller.read(3).text()).isEqualTo("ok");
            assertThat(caller.read(1).text()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("CH-113")
    @Tag("CH-141")
    void aBodyArrivesFramedAnew(boolean declared) throws Exception {
        String[] head = declared
                ? gateway.http2("POST", "/", "content-type", "text/plain", "content-length", "10")
                : gateway.http2("POST", "/", "content-type", "text/plain");
        try (Http2Caller caller = connect()) {
            caller.head(1, false, head)
                    .data(1, false, "hello".getBytes(UTF_8))
                    .data(1, false, "there".getBytes(UTF_8))
                    .head(1, true, "x-trailer", "t"); // dropped, as in HTTP/1.1
            assertThat(caller.read(1).text()).isEqualTo("ok");
        }
        RawService.Received received = gateway.service().next();
        assertThat(received.text()).isEqualTo("hellothere");
        assertThat(received.head().one("Content-Length").isPresent()).isEqualTo(declared);
        assertThat(received.head().one("Transfer-Encoding").isPresent()).isEqualTo(!declared);
    }

    @Test
    @Tag("CH-80")
    @Tag("CH-39")
    void anExcessIsRefusedAndTheConnectionLivesOn() throws Exception {
        try (Http2Caller caller = connect()) {
            caller.head(1, false, gateway.http2("POST", "/", "content-type", "text/plain", "content-length", "102401"));
            assertThat(caller.read(1).systemError()).isEqualTo("-606001");
            caller.head(3, false, gateway.http2("POST", "/", "content-type", "text/plain"));
            for (int sent = 0; sent <= Limits.TEXT_REQUEST; sent += 10_240) {
                caller.data(3, false, new byte[10_240]);
            }
            assertThat(caller.read(3).systemError()).isEqualTo("-606001");
            caller.head(5, true, gateway.http2("GET", "/"));
            assertThat(caller.read(5).text()).isEqualTo("ok");
        }
    }

    @Test
    @Tag("CH-70")
    void systemErrorsKeepStatusAndBody() throws Exception {
        try (Http2Caller caller = connect()) {
            caller.head(1, true, gateway.http2("PATCH", "/"));
            Http2Caller.Answer answer = caller.read(1);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.systemError()).isEqualTo("102005");
            assertThat(answer.text()).contains("\"ret\":102005");
            assertThat(answer.header("connection")).isEmpty();
        }
    }

    @Test
    @Tag("CH-71")
    @Tag("CH-114")
    void theDeadlineAfterTheHeadHasLeftResetsTheStreamOnly() throws Exception {
        gateway.service().script(request -> {
            request.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            request.in().readAllBytes();
        });
        try (Http2Caller caller = connect()) {
            caller.head(1, true, gateway.http2("GET", "/", "x-wx-user-timeout", "100"));
            assertThat(caller.read(1).error()).as("INTERNAL_ERROR").isEqualTo(2);
            assertThat(gateway.recorded().outcome()).isEqualTo("102002");
            gateway.service().answer(RawService.OK);
            caller.head(3, true, gateway.http2("GET", "/"));
            assertThat(caller.read(3).text()).isEqualTo("ok");
        }
    }

    @Test
    @Tag("CH-141")
    void aResetByTheCallerAbandonsTheCall() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch cut = new CountDownLatch(1);
        gateway.service().script(request -> {
            working.countDown();
            if (request.in().read() < 0) {
                cut.countDown();
            }
        });
        try (Http2Caller caller = connect()) {
            caller.head(1, true, gateway.http2("GET", "/"));
            assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
            caller.number(Http2Caller.RESET, 1, 8);
            assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
            gateway.service().answer(RawService.OK);
            caller.head(3, true, gateway.http2("GET", "/"));
            assertThat(caller.read(3).text()).isEqualTo("ok");
        }
        CallRecord call = gateway.recorded();
        assertThat(call.refusal().orElseThrow().component()).isEqualTo("client");
    }

    @Test
    @Tag("CH-141")
    void aResetInTheMiddleOfABodyOrOfAWaitAbandonsTheCall() throws Exception {
        gateway.activator.sleep();
        try (Http2Caller caller = connect()) {
            caller.head(1, false, gateway.http2("POST", "/")).data(1, false, new byte[10]);
            LeaseReceiver waiting = gateway.activator.nextWaiting();
            caller.number(Http2Caller.RESET, 1, 8);
            assertThat(gateway.recorded().refusal().orElseThrow().component()).isEqualTo("client");
            gateway.activator.started(waiting);
        }
        gateway.activator.awaitAllEndedOnce();
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @Test
    @Tag("CH-113")
    void aCarefulCallerIsToldToContinue() throws Exception {
        try (Http2Caller caller = connect()) {
            caller.head(1, false, gateway.http2("POST", "/", "content-length", "5", "expect", "100-continue"));
            Http2Caller.Frame interim = caller.next(Http2Caller.HEADERS);
            assertThat(caller.decode(interim).status()).hasToString("100");
            caller.data(1, true, "hello".getBytes(UTF_8));
            assertThat(caller.read(1).text()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD, 200, 5000000", "GET, 204, ", "GET, 304, 5000000"})
    @Tag("CH-114")
    void anAnswerWithoutBodyIsNotGivenOne(String method, int status, String length) throws Exception {
        String line = length == null ? "" : "Content-Length: " + length + "\r\n";
        gateway.service().answer("HTTP/1.1 " + status + " X\r\n" + line + "\r\n");
        try (Http2Caller caller = connect()) {
            caller.head(1, true, gateway.http2(method, "/"));
            Http2Caller.Answer answer = caller.read(1);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("content-length").orElse(null)).isEqualTo(length);
            assertThat(answer.text()).isEmpty();
        }
    }

    @Test
    @Tag("CH-114")
    void whatBelongsToTheServicesConnectionStaysThere() throws Exception {
        gateway.service()
                .answer("HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nX-App: A\r\n"
                        + "Content-Length: 2\r\n\r\nok");
        try (Http2Caller caller = connect()) {
            caller.head(1, true, gateway.http2("GET", "/"));
            Http2Caller.Answer answer = caller.read(1);
            assertThat(answer.header("x-app")).contains("A");
            assertThat(answer.header("connection")).isEmpty();
            assertThat(answer.header("keep-alive")).isEmpty();
            assertThat(answer.header("x-hop")).isEmpty();
        }
    }

    @Test
    @Tag("CH-141")
    void anUpgradeFromHttp11IsNotOffered() throws Exception {
        RawClient.Answer answer = gateway.call(gateway.ask("GET", "/")
                .line("Connection: Upgrade, HTTP2-Settings")
                .line("Upgrade: h2c")
                .line("HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA"));
        assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(gateway.service().next().head().one("Upgrade")).isEmpty();
    }
}
