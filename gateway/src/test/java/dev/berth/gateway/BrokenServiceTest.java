package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.CallRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that was reached, or should have been, but broke: an ordinary HTTP answer in the gateway's form. */
class BrokenServiceTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask ask() {
        return gateway.ask("GET", "/");
    }

    @Test
    @Tag("CH-87")
    @Tag("CH-103")
    @Tag("CH-96")
    @Tag("CH-97")
    void aRefusedConnectionIsToldInTheGatewaysForm() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        gateway.activator.serve(free);
        RawClient.Answer answer = gateway.call(ask());
        String id = answer.header("X-CloudBase-Request-Id").orElseThrow();
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.header("x-wx-system-error")).isEmpty();
        assertThat(answer.text())
                .isEqualTo("{\"requestId\":\"" + id
                        + "\",\"code\":\"REQUEST_SERVICE_FAILED\",\"message\":\"Request service failed\"}");
        assertThat(gateway.activator.broken())
                .as("this instance, and the one leased in its place")
                .isEqualTo(2);
        CallRecord call = gateway.recorded();
        assertThat(call.status()).isEqualTo(502);
        assertThat(call.outcome()).isEqualTo("REQUEST_SERVICE_FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", "HTTP"})
    @Tag("CH-87")
    @Tag("CH-103")
    void aConnectionClosedBeforeTheEndOfTheHeadIsAFailedRequest(String start) throws Exception {
        gateway.service().script(request -> {
            request.answer(start);
            request.socket().close();
        });
        assertThat(gateway.call(ask()).outcome()).isEqualTo("502 REQUEST_SERVICE_FAILED");
        // with not a byte of an answer, a safe method goes to a second instance
        assertThat(gateway.activator.broken()).isEqualTo(start.isEmpty() ? 2 : 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "garbage\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nb(d: header\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
                "\u0001garbage\r\n\r\n",
            })
    @Tag("CH-87")
    @Tag("CH-104")
    void anAnswerThatIsNotHttpIsABadGateway(String bytes) throws Exception {
        gateway.service().answer(bytes);
        assertThat(gateway.call(ask()).outcome()).isEqualTo("502 BAD_GATEWAY");
    }

    static Stream<String> halfAnswers() {
        return Stream.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\nxx",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhalf");
    }

    @ParameterizedTest
    @MethodSource("halfAnswers")
    @Tag("CH-87")
    @Tag("CH-114")
    void anAnswerThatBreaksOffNeverLooksWhole(String half) throws Exception {
        gateway.service().script(request -> {
            request.answer(half);
            request.socket().close();
        });
        try {
            // As good as a reset, if nothing of the service's answer had left yet.
            assertThat(gateway.call(ask()).status()).isEqualTo(502);
        } catch (IOException reset) {
            assertThat(reset).isNotNull();
        }
        assertThat(gateway.recorded().outcome()).isIn("REQUEST_SERVICE_FAILED", "BAD_GATEWAY");
        assertThat(gateway.activator.broken()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("halfAnswers")
    @Tag("CH-114")
    void norDoesItForAnHttp10Client(String half) throws Exception {
        gateway.service().script(request -> {
            request.answer(half);
            Thread.sleep(50); // the head is to leave before the end comes
            request.socket().close();
        });
        Ask ask = gateway.askLine("GET / HTTP/1.0");
        assertThatThrownBy(() -> gateway.call(ask)).isInstanceOf(IOException.class);
    }

    @Test
    @Tag("CH-87")
    @Tag("CH-104")
    void aSwitchOfProtocolsThatNobodyAskedForIsABadGateway() throws Exception {
        gateway.service().answer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\nfoo");
        assertThat(gateway.call(ask()).outcome()).isEqualTo("502 BAD_GATEWAY");
    }

    @ParameterizedTest
    @CsvSource({"empty, 403 SERVICE_FORBIDDEN", "idle, 503 SERVICE_ENDPOINT_NOT_FOUND"})
    @Tag("CH-87")
    @Tag("CH-106")
    @Tag("CH-107")
    void aServiceWithNothingToRunIsToldInTheGatewaysForm(String service, String outcome) throws Exception {
        assertThat(gateway.call(ask().with("X-WX-SERVICE", service)).outcome()).isEqualTo(outcome);
        assertThat(gateway.activator.asked()).isZero();
    }

    @Test
    @Tag("CH-87")
    @Tag("CH-105")
    void aFailedStartIsNotReadyAndTellsNothingOfTheService() throws Exception {
        gateway.activator.sleep();
        try (RawClient client = gateway.connect()) {
            client.send(ask().toBytes());
            gateway.activator.failed(gateway.activator.nextWaiting());
            RawClient.Answer answer = client.read();
            assertThat(answer.outcome()).isEqualTo("503 SERVICE_NOT_READY");
            assertThat(answer.head().text() + answer.text()).doesNotContain("secret words");
        }
    }

    @Test
    @Tag("CH-87")
    void theNextCallAfterABrokenOneIsUnharmed() throws Exception {
        gateway.service().script(request -> request.socket().close());
        try (RawClient client = gateway.connect()) {
            client.send(ask().toBytes());
            assertThat(client.read().status()).isEqualTo(502);
            gateway.service().answer(RawService.OK);
            client.send(ask().toBytes());
            assertThat(client.read().text()).isEqualTo("ok");
        }
    }
}
