package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Activator.LeaseReceiver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many calls on one connection, old callers, careful callers, and callers that go away. */
class ConnectionTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask get(String path) {
        return gateway.ask("GET", path);
    }

    private static void echoPath() {
        gateway.service().script(request -> {
            gateway.service().remember(request);
            String path = request.head().startLine().split(" ", -1)[1];
            request.answer("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
        });
    }

    @Test
    @Tag("CH-113")
    void manyCallsShareOneConnection() throws Exception {
        echoPath();
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < 20; i++) {
                client.send(get("/" + i).toBytes());
                assertThat(client.read().text()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    @Tag("CH-113")
    void pipelinedCallsAreAnsweredInTheirOrder() throws Exception {
        echoPath();
        try (RawClient client = gateway.connect()) {
            client.send(get("/1").toBytes());
            client.send(gateway.ask("POST", "/2")
                    .body("text/plain", "hello".getBytes(ISO_8859_1))
                    .toBytes());
            client.send(get("/3").with("X-WX-SERVICE", "ghost").toBytes())
                    .send(get("/4").toBytes());
            assertThat(client.read().text()).isEqualTo("/1");
            assertThat(client.read().text()).isEqualTo("/2");
            assertThat(client.read().systemError()).isEqualTo("-501000");
            assertThat(client.read().text()).isEqualTo("/4");
        }
    }

    @Test
    @Tag("CH-113")
    void theConnectionIsClosedWhenTheCallerAsksForIt() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send(get("/").with("Connection", "close").toBytes());
            assertThat(client.read().header("Connection")).contains("close");
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: keep-alive", "X-None: 1"})
    @Tag("CH-114")
    void anHttp10CallerGetsAChunkedAnswerUpToTheEndOfTheConnection(String line) throws Exception {
        gateway.service()
                .answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        RawClient.Answer answer = gateway.call(gateway.askLine("GET / HTTP/1.0").line(line));
        assertThat(answer.text()).isEqualTo("abcde");
        assertThat(answer.header("Transfer-Encoding")).isEmpty();
        assertThat(answer.header("Connection").orElse("close")).isEqualTo("close");
    }

    @Test
    @Tag("CH-114")
    void anHttp10CallerMayKeepItsConnectionWhenTheLengthIsKnown() throws Exception {
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < 2; i++) {
                Ask ask = gateway.askLine("GET / HTTP/1.0").without("Host").line("Connection: keep-alive");
                RawClient.Answer answer = client.send(ask.toBytes()).read();
                assertThat(answer.text()).isEqualTo("ok");
                assertThat(answer.header("Connection")).contains("keep-alive");
            }
        }
        assertThat(gateway.service().next().head().one("Host")).isPresent();
    }

    @Test
    @Tag("CH-113")
    void aCarefulCallerIsToldToContinueOnceTheServiceIsThere() throws Exception {
        gateway.activator.sleep();
        try (RawClient client = gateway.connect()) {
            client.send(gateway.ask("POST", "/")
                    .line("Expect: 100-continue")
                    .with("Content-Length", "5")
                    .toBytes());
            LeaseReceiver waiting = gateway.activator.nextWaiting();
            assertThat(client.in.available()).isZero();
            gateway.activator.started(waiting);
            assertThat(client.readHead().startLine()).isEqualTo("HTTP/1.1 100 Continue");
            client.send("hello");
            assertThat(client.read().text()).isEqualTo("ok");
        }
        RawService.Received received = gateway.service().next();
        assertThat(received.text()).isEqualTo("hello");
        assertThat(received.head().one("Expect")).isEmpty();
    }

    @Test
    @Tag("CH-80")
    void aCarefulCallerWithTooMuchIsRefusedWithoutSending() throws Exception {
        Ask ask = gateway.ask("POST", "/")
                .line("Expect: 100-continue")
                .with("Content-Type", "text/plain")
                .with("Content-Length", "102401");
        assertThat(gateway.call(ask).systemError()).isEqualTo("-606001");
    }

    /** The rest of a body that nobody wanted must not be read as the beginning of the next call. */
    @Test
    void aServiceThatAnswersBeforeItHasReadDoesNotHarmTheNextCall() throws Exception {
        int length = 2 * 1024 * 1024;
        gateway.service().script(request -> {
            request.answer(RawService.OK);
            request.in().readAllBytes(); // until the gateway cuts the connection
            request.socket().close();
        });
        Ask post = gateway.ask("POST", "/early").with("Content-Length", "" + length);
        try (RawClient client = gateway.connect()) {
            client.send(post.toBytes()).send(new byte[length / 2]);
            assertThat(client.read().text()).isEqualTo("ok");
            echoPath();
            try (RawClient other = gateway.connect()) {
                assertThat(other.send(get("/other").toBytes()).read().text()).isEqualTo("/other");
            }
            client.send(new byte[length / 2]).send(get("/next").toBytes());
            assertThat(client.read().text()).isEqualTo("/next");
        }
    }

    @Test
    void aServiceThatAnswersEarlyAndClosesIsHeard() throws Exception {
        gateway.service().script(request -> {
            request.answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
            request.socket().shutdownOutput();
            request.in().readAllBytes();
            request.socket().close();
        });
        int length = 4 * 1024 * 1024;
        Ask post = gateway.ask("POST", "/").with("Content-Length", "" + length);
        try (RawClient client = gateway.connect()) {
            client.send(post.toBytes()).send(new byte[length]);
            assertThat(client.read().status()).isEqualTo(401);
        }
    }

    @Test
    void warmCallsReuseTheConnectionToTheService() throws Exception {
        echoPath();
        int before = gateway.service().connections();
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < 10; i++) {
                client.send(get("/").toBytes()).read();
            }
        }
        assertThat(gateway.service().connections() - before).isLessThanOrEqualTo(1);
    }
}
