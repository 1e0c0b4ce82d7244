package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers who use HTTP/2 to make work, not to call. */
class Http2AbuseTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_HEADER_LIST_SIZE = 6;

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Http2Caller connect(int... settings) throws Exception {
        return new Http2Caller(gateway.port(), settings);
    }

    private static void assertOthersAreServed() throws Exception {
        assertThat(gateway.call(gateway.ask("GET", "/other")).text()).isEqualTo("ok");
    }

    @Test
    @Tag("CH-141")
    void theDoorSaysHowMuchAConnectionMayAskFor() throws Exception {
        try (Http2Caller caller = connect()) {
            byte[] settings = caller.next(Http2Caller.SETTINGS).payload();
            ByteBuffer pairs = ByteBuffer.wrap(settings);
            Map<Integer, Integer> said = new HashMap<>();
            while (pairs.hasRemaining()) {
                said.put((int) pairs.getShort(), pairs.getInt());
            }
            assertThat(said).containsEntry(MAX_CONCURRENT_STREAMS, 100).containsEntry(MAX_HEADER_LIST_SIZE, 32 * 1024);
        }
    }

    @Test
    @Tag("CH-141")
    void aRapidResetIsStoppedAndHoldsNoInstance() throws Exception {
        gateway.activator.sleep();
        try (Http2Caller caller = connect()) {
            int stream = 1;
            try {
                for (; stream < 2_000; stream += 2) {
                    caller.head(stream, true, gateway.http2("GET", "/")).number(Http2Caller.RESET, stream, 8);
                }
            } catch (IOException cut) {
                assertThat(stream).isGreaterThan(200);
            }
            assertThat(goAwayCode(caller)).isEqualTo(ENHANCE_YOUR_CALM);
        }
        gateway.activator.serve(gateway.service().port());
        assertOthersAreServed();
    }

    private static int goAwayCode(Http2Caller caller) throws IOException {
        try {
            return caller.next(Http2Caller.GOAWAY).number();
        } catch (SocketException reset) {
            return ENHANCE_YOUR_CALM; // it was cut while this side was still sending
        }
    }

    @Test
    @Tag("CH-141")
    void moreStreamsThanAllowedAreRefusedAlsoBeforeTheLimitIsAcknowledged() throws Exception {
        gateway.activator.sleep();
        try (Http2Caller caller = connect()) {
            for (int i = 0; i < 101; i++) {
                caller.head(1 + 2 * i, true, gateway.http2("GET", "/", "x-wx-user-timeout", "2000"));
            }
            Http2Caller.Answer answer = caller.read(201);
            assertThat(answer.error()).as("REFUSED_STREAM or PROTOCOL_ERROR").isIn(7, 1);
            assertThat(gateway.activator.asked()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    @Tag("CH-141")
    void aHeadThatNeverEndsIsStopped() throws Exception {
        try (Http2Caller caller = connect()) {
            caller.send(Http2Caller.HEADERS, 0, 1, Http2Caller.block(gateway.http2("GET", "/")));
            boolean cut = false;
            try {
                for (int i = 0; i < 10_000; i++) {
                    caller.send(Http2Caller.CONTINUATION, 0, 1, Http2Caller.block("x-" + i, "y"));
                }
                cut = caller.next(Http2Caller.GOAWAY).number() != 0;
            } catch (IOException reset) {
                cut = true;
            }
            assertThat(cut).isTrue();
        }
        assertOthersAreServed();
    }

    @Test
    @Tag("CH-141")
    void aHeadThatIsTooLongIsRefused() throws Exception {
        byte[] block = Http2Caller.block(gateway.http2(
                "GET", "/", "x-1", "a".repeat(15_000), "x-2", "b".repeat(15_000), "x-3", "c".repeat(9_000)));
        try (Http2Caller caller = connect()) {
            for (int at = 0; at < block.length; at += 16_000) {
                byte[] part = Arrays.copyOfRange(block, at, Math.min(block.length, at + 16_000));
                int flags = at + 16_000 < block.length ? 0 : Http2Caller.END_HEADERS;
                caller.send(
                        at == 0 ? Http2Caller.HEADERS : Http2Caller.CONTINUATION,
                        at == 0 ? Http2Caller.END_STREAM : flags,
                        1,
                        part);
            }
            Http2Caller.Answer answer = caller.read(1);
            assertThat(answer.error() > 0 || answer.status() == 431).isTrue();
        }
        assertThat(gateway.activator.asked()).isZero();
    }

    @Test
    @Tag("CH-141")
    void aFloodOfPingsOrSettingsWhoseAnswersNobodyReadsIsCut() throws Exception {
        for (int type : new int[] {Http2Caller.PING, Http2Caller.SETTINGS}) {
            byte[] payload = new byte[type == Http2Caller.PING ? 8 : 0];
            boolean cut = false;
            try (Http2Caller caller = connect()) {
                for (int i = 0; i < 5_000_000 && !cut; i++) {
                    caller.send(type, 0, 0, payload);
                }
            } catch (IOException reset) {
                cut = true;
            }
            assertThat(cut).as("type %s", type).isTrue();
        }
        assertOthersAreServed();
    }

    @Test
    @Tag("CH-141")
    void aFloodOfEmptyDataIsCut() throws Exception {
        try (Http2Caller caller = connect()) {
            caller.head(1, false, gateway.http2("POST", "/"));
            boolean cut = false;
            try {
                for (int i = 0; i < 100; i++) {
                    caller.data(1, false, new byte[0]);
                }
                cut = caller.next(Http2Caller.GOAWAY).number() == ENHANCE_YOUR_CALM;
            } catch (IOException reset) {
                cut = true;
            }
            assertThat(cut).isTrue();
        }
    }

    @Test
    @Tag("CH-71")
    @Tag("CH-114")
    void aWindowThatNeverOpensHoldsNothingLongerThanTheDeadline() throws Exception {
        gateway.service().answer("HTTP/1.1 200 OK\r\nContent-Length: 600000\r\n\r\n" + "a".repeat(600_000));
        try (Http2Caller caller = connect(INITIAL_WINDOW_SIZE, 10)) {
            caller.keepWindowsShut();
            caller.head(1, true, gateway.http2("GET", "/", "x-wx-user-timeout", "500"));
            assertThat(caller.read(1).error()).as("INTERNAL_ERROR").isEqualTo(2);
            String outcome = gateway.recorded().outcome();
            while (outcome.equals("BAD_REQUEST")) { // of the test before, whose connection was cut
                outcome = gateway.recorded().outcome();
            }
            assertThat(outcome).isEqualTo("102002");
        }
    }

    /** The whole answer is in the gateway and the lease has ended; the rest must not wait there for ever. */
    @Test
    @Tag("CH-71")
    @Tag("CH-114")
    void norDoesASmallAnswerThatNobodyTakes() throws Exception {
        try (Http2Caller caller = connect(INITIAL_WINDOW_SIZE, 0)) {
            caller.head(1, true, gateway.http2("GET", "/", "x-wx-user-timeout", "500"));
            assertThat(caller.read(1).error()).as("INTERNAL_ERROR").isEqualTo(2);
        }
    }

    @Test
    @Tag("CH-141")
    void aCallThatWaitsDoesNotHoldUpTheBodyOfItsNeighbour() throws Exception {
        gateway.activator.sleep();
        try (Http2Caller caller = connect()) {
            for (int stream = 1; stream < 20; stream += 2) {
                caller.head(stream, false, gateway.http2("POST", "/waits"));
                for (int i = 0; i < 5; i++) {
                    caller.data(stream, false, new byte[13_000]); // as much as its window lets it
                }
            }
            await().until(() -> gateway.activator.asked() == 10);
            gateway.activator.serve(gateway.service().port());
            caller.head(21, false, gateway.http2("POST", "/goes"));
            caller.data(21, true, new byte[16_000]);
            assertThat(caller.read(21).text()).isEqualTo("ok");
        }
        for (int i = 0; i < 10; i++) {
            gateway.activator.started(gateway.activator.nextWaiting());
        }
    }

    @Test
    @Tag("CH-114")
    void aStreamThatIsNotReadDoesNotStopTheOthers() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        gateway.service().script(request -> {
            boolean large = request.head().startLine().contains("/large");
            request.answer(
                    large ? "HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + "a".repeat(900_000) : RawService.OK);
            sent.countDown();
        });
        try (Http2Caller caller = connect(INITIAL_WINDOW_SIZE, 1_000)) {
            caller.keepWindowsShut();
            caller.head(1, true, gateway.http2("GET", "/large"));
            caller.head(3, true, gateway.http2("GET", "/small"));
            assertThat(caller.read(3).text()).isEqualTo("ok");
        }
        assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
