package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.LeaseReceiver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The door closes: calls in progress end as they would have, and nobody begins another. Its only test closes it. */
class DrainTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    @Test
    @Tag("CH-141")
    void callsInProgressEndAndNobodyBeginsAnother() throws Exception {
        gateway.activator.sleep();
        try (RawClient caller = gateway.connect();
                RawClient idle = gateway.connect();
                RawClient silent = gateway.connect();
                RawClient half = gateway.connect().send("GET / HT");
                Http2Caller streams = new Http2Caller(gateway.port())) {
            idle.send(gateway.ask("PATCH", "/").toBytes());
            assertThat(idle.read().systemError()).isEqualTo("102005");
            caller.send(gateway.ask("GET", "/").toBytes());
            LeaseReceiver first = gateway.activator.nextWaiting();
            streams.head(1, true, gateway.http2("GET", "/"));
            LeaseReceiver second = gateway.activator.nextWaiting();

            CompletableFuture<Void> closed = gateway.closed();
            assertThat(idle.isClosedByPeer()).isTrue();
            assertThat(silent.isClosedByPeer()).isTrue();
            assertThat(half.isClosedByPeer()).isTrue();
            assertThat(streams.next(Http2Caller.GOAWAY).number()).as("NO_ERROR").isZero();
            await().untilAsserted(() -> assertThatThrownBy(gateway::connect).isInstanceOf(IOException.class));
            assertThat(closed).isNotDone();

            gateway.activator.started(first);
            gateway.activator.started(second);
            RawClient.Answer answer = caller.read();
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.header("Connection")).contains("close");
            assertThat(streams.read(1).text()).isEqualTo("ok");
            assertThat(caller.isClosedByPeer()).isTrue();
            closed.get(10, TimeUnit.SECONDS); // before the longest deadline
        }
    }
}
