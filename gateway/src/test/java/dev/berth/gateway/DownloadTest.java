package dev.berth.gateway;

import static dev.berth.gateway.Bodies.CHUNKED;
import static dev.berth.gateway.Bodies.chunk;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Limits;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in motion: what streams, and who waits for whom. */
class DownloadTest {
    private static final int LIMIT = (int) Limits.RESPONSE;

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask get() {
        return gateway.ask("GET", "/");
    }

    @Test
    @Tag("CH-114")
    void theCallerReadsTheFirstPartBeforeTheServiceHasSentTheLast() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        gateway.service().script(request -> {
            request.answer(CHUNKED + chunk(new byte[3]));
            seen.await();
            request.answer("0\r\n\r\n");
        });
        try (RawClient client = gateway.connect()) {
            client.send(get().toBytes());
            client.readHead();
            assertThat(RawHead.readChunk(client.in)).hasSize(3);
            seen.countDown();
            assertThat(RawHead.readChunk(client.in)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: 2"})
    @Tag("CH-114")
    @Tag("CH-66")
    void theHeadArrivesBeforeTheServiceHasABody(String framing) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        gateway.service().script(request -> {
            request.answer("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
            seen.await();
            request.answer(framing.startsWith("C") ? "ok" : "2\r\nok\r\n0\r\n\r\n");
        });
        try (RawClient client = gateway.connect()) {
            client.send(get().toBytes());
            RawHead head = client.readHead();
            seen.countDown();
            assertThat(head.status()).isEqualTo(200);
            assertThat(new String(head.readBody(client.in, false), ISO_8859_1)).isEqualTo("ok");
        }
    }

    @Test
    @Tag("CH-114")
    void aCallerThatReadsSlowlyGetsEverything() throws Exception {
        byte[] body = Bodies.random(LIMIT);
        gateway.service().answer(Bodies.answerWithLength(body));
        try (RawClient client = gateway.connect()) {
            client.socket.setReceiveBufferSize(65_536);
            client.send(get().toBytes());
            RawHead head = client.readHead();
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            while (read.size() < LIMIT) {
                read.writeBytes(client.in.readNBytes(Math.min(100_000, LIMIT - read.size())));
                Thread.sleep(5); // slower than the service, that is the point
            }
            assertThat(head.status()).isEqualTo(200);
            assertThat(read.toByteArray()).isEqualTo(body);
        }
    }

    @Test
    @Tag("CH-114")
    void aServiceThatSendsTooMuchToACallerThatDoesNotReadIsStopped() throws Exception {
        AtomicLong sent = new AtomicLong();
        gateway.service().script(request -> {
            request.answer(CHUNKED);
            while (true) {
                request.answer(chunk(new byte[65_536]));
                sent.addAndGet(65_536);
            }
        });
        try (RawClient client = gateway.connect()) {
            client.send(get().toBytes());
            await().until(() -> !gateway.recordedSoFar().isEmpty());
            assertThat(gateway.recorded().outcome()).isEqualTo("-606002");
        }
        await().during(50, TimeUnit.MILLISECONDS).until(() -> sent.get() < 20L * LIMIT);
    }
}
