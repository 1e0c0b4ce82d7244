package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried again after a connection to an instance broke, and what never is (RFC 9110, section 9.2.2). */
class RetryTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private final AtomicInteger executed = new AtomicInteger();

    /** One caller, so that the calls of a test share the pool of one event loop. */
    private RawClient client;

    @BeforeEach
    void connect() throws IOException {
        client = gateway.connect();
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
    }

    private RawHead ask(String method, String path, String body) throws IOException {
        Ask ask = gateway.ask(method, path);
        client.send((body.isEmpty() ? ask : ask.body("text/plain", body.getBytes(UTF_8))).toBytes());
        return client.readHead();
    }

    /** After this, the gateway keeps a connection on which the next request is read and then not answered. */
    private void poolAConnectionThatWillBreak() throws Exception {
        gateway.service().script(first -> {
            first.answer(RawService.OK);
            gateway.service().script(request -> {
                gateway.service().remember(request);
                executed.incrementAndGet();
                if (request.socket().equals(first.socket())) {
                    request.socket().close();
                } else {
                    boolean headOnly = request.head().startLine().startsWith("HEAD");
                    request.answer(headOnly ? RawService.OK.substring(0, RawService.OK.length() - 2) : RawService.OK);
                }
            });
        });
        warmUp();
    }

    private void warmUp() throws IOException {
        client.send(gateway.ask("GET", "/warm").toBytes());
        assertThat(client.read().text()).isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "HEAD, ''", "OPTIONS, ''", "DELETE, ''", "PUT, hello", "GET, hello", "DELETE, hello"})
    @Tag("CH-103")
    void whatMayBeRepeatedIsSentOnceMoreWhenAPooledConnectionBreaks(String method, String body) throws Exception {
        poolAConnectionThatWillBreak();
        assertThat(ask(method, "/again", body).status()).isEqualTo(200);
        assertThat(executed).hasValue(2);
        gateway.service().next();
        RawService.Received second = gateway.service().next();
        assertThat(second.text()).isEqualTo(body);
        assertThat(second.head().one("X-WX-OPENID")).contains("o-alice");
        assertThat(gateway.activator.asked()).as("leases").isEqualTo(2);
        assertThat(gateway.activator.broken()).isZero();
        gateway.recorded();
        assertThat(gateway.recorded().outcome()).isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource({"POST, ''", "POST, hello"})
    @Tag("CH-103")
    void aPostIsNeverSentTwice(String method, String body) throws Exception {
        poolAConnectionThatWillBreak();
        assertThat(ask(method, "/once", body).status()).isEqualTo(502);
        assertThat(executed).hasValue(1);
    }

    @Test
    @Tag("CH-103")
    void aBodyThatIsNoLongerInHandIsNotRepeated() throws Exception {
        poolAConnectionThatWillBreak();
        assertThat(ask("PUT", "/large", "a".repeat(80 * 1024)).status()).isEqualTo(502);
        assertThat(executed).hasValue(1);
    }

    @Test
    @Tag("CH-103")
    void nothingIsRepeatedOnceAByteOfAnAnswerHasArrived() throws Exception {
        gateway.service().script(first -> {
            first.answer(RawService.OK);
            gateway.service().script(request -> {
                executed.incrementAndGet();
                request.answer("HTTP/1.1 2");
                request.socket().close();
            });
        });
        warmUp();
        assertThat(ask("GET", "/half", "").status()).isEqualTo(502);
        assertThat(executed).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"GET, 2", "DELETE, 1", "POST, 1"})
    @Tag("CH-103")
    void onAFreshConnectionOnlyASafeMethodIsSentOnceMore(String method, int times) throws Exception {
        gateway.service().script(request -> {
            executed.incrementAndGet();
            request.socket().close();
        });
        gateway.activator.serve(gateway.service().port());
        assertThat(ask(method, "/crash", "").status()).isEqualTo(502);
        assertThat(executed).hasValue(times);
    }

    /** A process that is being killed loses its connections one by one, and may accept one more meanwhile. */
    @ParameterizedTest
    @CsvSource({"GET, 200, 3", "PUT, 502, 2", "POST, 502, 1"})
    @Tag("CH-103")
    void aSafeMethodGoesToAnotherInstanceWhenAFreshConnectionBreaksToo(String method, int status, int times)
            throws Exception {
        try (RawService other = new RawService()) {
            other.script(request -> {
                executed.incrementAndGet();
                request.answer(RawService.OK);
            });
            gateway.service().script(first -> {
                first.answer(RawService.OK);
                gateway.service().script(request -> {
                    executed.incrementAndGet();
                    request.socket().close();
                });
            });
            warmUp();
            gateway.activator.serveOnce(gateway.service().port(), other.port());
            assertThat(ask(method, "/again", "").status()).isEqualTo(status);
            assertThat(executed).hasValue(times);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT"})
    @Tag("CH-103")
    void anInstanceThatCannotBeReachedIsReplacedByAnother(String method) throws Exception {
        int dead;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = socket.getLocalPort();
        }
        gateway.activator.serveOnce(dead, gateway.service().port());
        assertThat(ask(method, "/", method.equals("GET") ? "" : "hello").status())
                .isEqualTo(200);
        assertThat(gateway.activator.asked()).isEqualTo(2);
        assertThat(gateway.activator.broken()).isEqualTo(1);
        RawService.Received received = gateway.service().next();
        assertThat(received.text()).isEqualTo(method.equals("GET") ? "" : "hello");
        assertThat(received.head().all("X-WX-OPENID")).hasSize(1);
    }

    @Test
    @Tag("CH-71")
    void theSecondLeaseKeepsToTheDeadlineOfTheCall() throws Exception {
        gateway.activator.serveOnce(1, 1); // nobody listens there
        gateway.activator.sleepAfterFirst();
        assertThat(gateway.call(gateway.ask("GET", "/").with("X-WX-USER-TIMEOUT", "300"))
                        .systemError())
                .isEqualTo("102002");
        gateway.activator.started(gateway.activator.nextWaiting());
    }

    /** As Node does after its keep-alive, and servers that recycle their workers: without looking whether a call comes. */
    @Test
    @Tag("CH-103")
    void noGetFailsAgainstAServiceThatClosesIdleConnectionsWhenItLikes() throws Exception {
        Random random = new Random(7);
        gateway.service().script(request -> {
            request.answer(RawService.OK);
            long pause = random.nextInt(4_000_000);
            Socket socket = request.socket();
            Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(pause);
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        });
        for (int i = 0; i < 600; i++) {
            client.send(gateway.ask("GET", "/" + i).toBytes());
            assertThat(client.read().text()).as("call %s", i).isEqualTo("ok");
            LockSupport.parkNanos(random.nextInt(3_000_000));
        }
    }
}
