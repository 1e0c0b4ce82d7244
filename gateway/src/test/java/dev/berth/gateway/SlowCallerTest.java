package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who take their time, by weakness or on purpose: none of them holds an instance or a connection for long. */
class SlowCallerTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture(new DoorLimits(
            10_000,
            Duration.ofMillis(400),
            Duration.ofMillis(1_500),
            Duration.ofMillis(600),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(5)));

    @Test
    @Tag("CH-111")
    void aHeadThatDoesNotEndInTimeIsAnswered408() throws Exception {
        try (RawClient caller = gateway.connect()) {
            caller.send("GET / HT");
            RawClient.Answer answer = caller.read();
            assertThat(answer.outcome()).isEqualTo("408 BAD_REQUEST");
            assertThat(answer.header("Connection")).contains("close");
            assertThat(caller.isClosedByPeer()).isTrue();
        }
    }

    @Test
    @Tag("CH-111")
    void soIsOneThatComesByteForByte() throws Exception {
        byte[] head = gateway.ask("GET", "/").toBytes();
        try (RawClient caller = gateway.connect()) {
            try {
                for (byte one : head) {
                    caller.send(new byte[] {one});
                    Thread.sleep(20);
                }
            } catch (IOException closed) {
                assertThat(gateway.activator.asked()).isZero();
                return;
            }
            assertThat(caller.read().status()).isEqualTo(408);
        }
    }

    @Test
    void aCallerWhoMayBeAboutToSpeakHttp2IsNotWaitedForEither() throws Exception {
        try (RawClient caller = gateway.connect()) {
            caller.send("PRI * HT");
            assertThat(caller.read().status()).isEqualTo(408);
        }
    }

    /** The first, and one behind a call; pings do not make a head any faster. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("CH-141")
    void aHeadOfHttp2ThatComesByteForByteIsNotWaitedForLong(boolean second) throws Exception {
        byte[] block = Http2Caller.block(gateway.http2("GET", "/", "x-a", "a".repeat(10_000)));
        byte[] frame = Http2Caller.frame(Http2Caller.HEADERS, Http2Caller.END_HEADERS, second ? 3 : 1, block);
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            if (second) {
                caller.head(1, true, gateway.http2("GET", "/"));
                assertThat(caller.read(1).text()).isEqualTo("ok");
            }
            int sent = 0;
            try {
                for (; sent < frame.length; sent++) {
                    caller.socket.getOutputStream().write(frame[sent]);
                    Thread.sleep(20);
                }
            } catch (IOException closed) {
                // as hoped
            }
            assertThat(sent).isLessThan(frame.length);
        }
    }

    @Test
    @Tag("CH-141")
    void aConnectionOfHttp2WithoutACallIsEndedInSpiteOfItsPings() throws Exception {
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 200; i++) {
                        caller.send(Http2Caller.PING, 0, 0, new byte[8]);
                        Thread.sleep(100);
                    }
                    caller.socket.close();
                } catch (IOException | InterruptedException closed) {
                    // as hoped
                }
            });
            assertThat(caller.next(Http2Caller.GOAWAY).number()).isZero();
        }
    }

    @Test
    void theNextHeadOnAConnectionEndsItWithoutAWord() throws Exception {
        try (RawClient caller = gateway.connect()) {
            caller.send(gateway.ask("GET", "/").toBytes());
            assertThat(caller.read().text()).isEqualTo("ok");
            caller.send("GET / HT");
            assertThat(caller.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void theHeadOfTheNextCallMayComeAsSlowlyAsTheCallBeforeIsAnswered() throws Exception {
        gateway.activator.sleep();
        byte[] next = gateway.ask("GET", "/next").toBytes();
        try (RawClient caller = gateway.connect()) {
            caller.send(gateway.ask("GET", "/slow").toBytes()).send(Arrays.copyOf(next, 10));
            var waiting = gateway.activator.nextWaiting();
            Thread.sleep(450); // longer than a head may take, shorter than a call
            gateway.activator.serve(gateway.service().port());
            gateway.activator.started(waiting);
            assertThat(caller.read().text()).isEqualTo("ok");
            caller.send(Arrays.copyOfRange(next, 10, next.length));
            assertThat(caller.read().text()).isEqualTo("ok");
        }
    }

    @Test
    void aConnectionWithoutAByteIsClosed() throws Exception {
        try (RawClient silent = gateway.connect();
                RawClient idle = gateway.connect()) {
            idle.send(gateway.ask("GET", "/").toBytes());
            assertThat(idle.read().text()).isEqualTo("ok");
            assertThat(silent.isClosedByPeer()).isTrue();
            assertThat(idle.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void anIdleHttp2ConnectionIsClosedToo() throws Exception {
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            assertThat(caller.isClosedByPeer()).isTrue();
        }
    }

    @Test
    @Tag("CH-71")
    void aBodyThatDoesNotComeHoldsNoInstanceLongerThanTheDeadline() throws Exception {
        try (RawClient caller = gateway.connect()) {
            caller.send(gateway.ask("POST", "/")
                    .with("X-WX-USER-TIMEOUT", "200")
                    .with("Content-Length", "10")
                    .bytes("half")
                    .toBytes());
            assertThat(caller.read().systemError()).isEqualTo("102002");
            gateway.activator.awaitAllEndedOnce();
        }
    }

    @Test
    void aBodyThatNoCallWaitsForEndsTheConnection() throws Exception {
        try (RawClient caller = gateway.connect()) {
            caller.send("POST /__berth__/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
            try {
                for (int i = 0; i < 50; i++) {
                    caller.send("a");
                    Thread.sleep(100);
                }
            } catch (IOException closed) {
                return;
            }
            assertThat(caller.isClosedByPeer()).isTrue();
        }
    }

    /** Its calls follow one another: as long as an answer cannot leave, no further call is made. */
    @Test
    @Tag("CH-71")
    @Tag("CH-114")
    void aCallerWhoSendsCallsAndReadsNothingIsStopped() throws Exception {
        gateway.service().answer("HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + "a".repeat(900_000));
        byte[] ask = gateway.ask("GET", "/").with("X-WX-USER-TIMEOUT", "1000").toBytes();
        try (RawClient caller = gateway.connect()) {
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 2_000; i++) {
                        caller.send(ask);
                    }
                } catch (IOException closed) {
                    // as it should be
                }
            });
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> gateway.recordedSoFar().stream()
                            .anyMatch(call -> call.outcome().equals("102002")));
            gateway.activator.awaitAllEndedOnce();
            assertThat(gateway.activator.asked()).isLessThan(40);
            sender.join();
        }
    }
}
