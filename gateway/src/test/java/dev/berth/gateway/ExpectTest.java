package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers who ask before they send their body (RFC 9110, section 10.1.1). */
class ExpectTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask careful() {
        return gateway.ask("POST", "/").line("Expect: 100-continue").with("Content-Length", "5");
    }

    @Test
    @Tag("CH-113")
    void whoDoesNotWaitIsServedAllTheSame() throws Exception {
        try (RawClient caller = gateway.connect()) {
            caller.send(careful().bytes("hello").toBytes());
            assertThat(caller.readHead().startLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(caller.read().text()).isEqualTo("ok");
        }
        assertThat(gateway.service().next().text()).isEqualTo("hello");
    }

    @Test
    @Tag("CH-71")
    void whoNeverSendsHoldsNoInstanceLongerThanTheDeadline() throws Exception {
        try (RawClient caller = gateway.connect()) {
            caller.send(careful().with("X-WX-USER-TIMEOUT", "200").toBytes());
            assertThat(caller.readHead().startLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(caller.read().systemError()).isEqualTo("102002");
        }
        gateway.activator.awaitAllEndedOnce();
    }

    @Test
    @Tag("CH-113")
    void aServiceMayAnswerBeforeItHasReadTheBody() throws Exception {
        gateway.service().script(request -> {
            request.answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
            request.in().readAllBytes();
            request.socket().close();
        });
        try (RawClient caller = gateway.connect()) {
            caller.send(careful().toBytes());
            assertThat(caller.readHead().startLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(caller.read().status()).isEqualTo(401);
        }
    }

    @Test
    @Tag("CH-103")
    void theWordIsGivenOnceEvenIfTheFirstInstanceCannotBeReached() throws Exception {
        int dead;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = socket.getLocalPort();
        }
        gateway.activator.serveOnce(dead, gateway.service().port());
        try (RawClient caller = gateway.connect()) {
            caller.send(careful().toBytes());
            assertThat(caller.readHead().startLine()).isEqualTo("HTTP/1.1 100 Continue");
            caller.send("hello");
            assertThat(caller.read().text()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @CsvSource({"200-ok", "100-continue;q=1", "'100-continue, other'", "''"})
    @Tag("CH-111")
    void anythingElseCannotBeMet(String expectation) throws Exception {
        try (RawClient caller = gateway.connect()) {
            caller.send(gateway.ask("GET", "/").line("Expect: " + expectation).toBytes());
            if (expectation.isEmpty()) {
                assertThat(caller.read().text()).as("nothing is expected").isEqualTo("ok");
            } else {
                assertThat(caller.read().outcome()).isEqualTo("417 BAD_REQUEST");
            }
            caller.send(gateway.ask("GET", "/").toBytes());
            assertThat(caller.read().text()).as("the connection lives on").isEqualTo("ok");
        }
    }

    @Test
    @Tag("CH-113")
    void http10KnowsNoExpectations() throws Exception {
        Ask ask =
                gateway.askLine("POST / HTTP/1.0").line("Expect: 100-continue").with("Content-Length", "5");
        RawClient.Answer answer = gateway.call(ask.bytes("hello"));
        assertThat(answer.text()).isEqualTo("ok");
    }

    @Test
    @Tag("CH-87")
    void aServiceThatBreaksWhileItsBodyIsAwaitedIsToldAtOnce() throws IOException {
        gateway.service().script(request -> request.socket().close());
        try (RawClient caller = gateway.connect()) {
            caller.send(careful().toBytes());
            assertThat(caller.readHead().startLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(caller.read().status()).isEqualTo(502);
        }
    }
}
