package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Activator.LeaseReceiver;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that go away, and services that do not wait for them: each lease ends once. */
class LeavingCallerTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask get(String path) {
        return gateway.ask("GET", path);
    }

    @Test
    void aCallerThatLeavesWhileTheServiceWorksEndsTheLeaseAndTheServicesCall() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch cut = new CountDownLatch(1);
        gateway.service().script(request -> {
            working.countDown();
            if (request.in().read() < 0) {
                cut.countDown();
            }
        });
        try (RawClient client = gateway.connect()) {
            client.send(get("/").toBytes());
            assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
        gateway.activator.awaitAllEndedOnce();
        assertThat(gateway.recorded().refusal().orElseThrow().component()).isEqualTo("client");
    }

    @Test
    void aCallerThatLeavesInTheMiddleOfTheAnswerEndsTheLease() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        gateway.service().script(request -> {
            request.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            if (request.in().read() < 0) {
                cut.countDown();
            }
        });
        try (RawClient client = gateway.connect()) {
            client.send(get("/").toBytes());
            client.readHead();
        }
        assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.recorded().refusal().orElseThrow().component()).isEqualTo("client");
        assertThat(gateway.activator.broken()).isZero();
    }

    @Test
    void aCallerThatLeavesInTheMiddleOfItsBodyEndsTheLease() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        gateway.service().script(request -> {
            reading.countDown();
            gateway.service().remember(request);
        });
        try (RawClient client = gateway.connect()) {
            client.send(gateway.ask("POST", "/")
                    .with("Content-Length", "10")
                    .bytes("half")
                    .toBytes());
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(gateway.recorded().refusal().orElseThrow().component()).isEqualTo("client");
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aLeaseGrantedAfterTheCallerHasLeftIsEndedAtOnce(String method) throws Exception {
        gateway.activator.sleep();
        LeaseReceiver waiting;
        try (RawClient client = gateway.connect()) {
            Ask ask = gateway.ask(method, "/");
            client.send(
                    method.equals("GET")
                            ? ask.toBytes()
                            : ask.body("text/plain", new byte[5]).toBytes());
            waiting = gateway.activator.nextWaiting();
        }
        assertThat(gateway.recorded().status()).isZero();
        gateway.activator.started(waiting);
        gateway.activator.awaitAllEndedOnce();
        assertThat(gateway.service().gotNothing()).isTrue();
    }
}
