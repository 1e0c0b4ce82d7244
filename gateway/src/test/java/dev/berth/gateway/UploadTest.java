package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies in motion: what streams, who waits for whom, and callers that go on sending. */
class UploadTest {
    private static final String TOO_LARGE = "-606001 请求包大小超过 100KB";
    private static final int BINARY = (int) Limits.BINARY_REQUEST;

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask post() {
        return gateway.ask("POST", "/");
    }

    @Test
    @Tag("CH-80")
    void theRefusalIsReadableByAClientThatGoesOnSendingAndItsConnectionIsKept() throws Exception {
        int length = 8 * 1024 * 1024;
        Ask ask = post().with("Content-Type", "text/plain").with("Content-Length", "" + length);
        try (RawClient client = gateway.connect()) {
            client.send(ask.toBytes()).send(new byte[length]);
            assertThat(client.read().outcome()).isEqualTo(TOO_LARGE);
            client.send(post().toBytes());
            assertThat(client.read().text()).isEqualTo("ok");
        }
    }

    @Test
    @Tag("CH-80")
    void aClientThatNeverStopsSendingIsCutOff() throws Exception {
        Ask ask = post().with("Content-Type", "text/plain").line("Transfer-Encoding: chunked");
        long sent = 0;
        try (RawClient client = gateway.connect()) {
            client.send(ask.toBytes());
            byte[] chunk = Bodies.chunkOfLetters(64 * 1024).getBytes(ISO_8859_1);
            OutputStream out = client.socket.getOutputStream();
            while (sent < 200_000_000L) {
                out.write(chunk);
                sent += chunk.length;
            }
        } catch (IOException cut) {
            assertThat(sent).isGreaterThan(Limits.TEXT_REQUEST);
        }
        assertThat(sent).isLessThan(100_000_000L);
    }

    @Test
    @Tag("CH-114")
    void theServiceReadsTheFirstPartBeforeTheLastIsSent() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        gateway.service().script(request -> {
            RawHead.readChunk(request.in());
            first.countDown();
            RawHead.readChunk(request.in());
            RawHead.readChunk(request.in());
            request.answer(RawService.OK);
        });
        try (RawClient client = gateway.connect()) {
            client.send(post().line("Transfer-Encoding: chunked").toBytes()).send(Bodies.chunkOfLetters(3));
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            client.send(Bodies.chunkOfLetters(4) + "0\r\n\r\n");
            assertThat(client.read().text()).isEqualTo("ok");
        }
    }

    @Test
    @Tag("CH-114")
    void aServiceThatDoesNotReadHoldsTheSenderBack() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        gateway.service().script(request -> {
            read.await();
            gateway.service().remember(request);
            request.answer(RawService.OK);
        });
        byte[] body = Bodies.random(BINARY);
        AtomicLong sent = new AtomicLong();
        try (RawClient client = gateway.connect()) {
            client.send(post().with("Content-Length", "" + BINARY).toBytes());
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < BINARY; i += 65_536) {
                        client.socket.getOutputStream().write(body, i, 65_536);
                        sent.addAndGet(65_536);
                    }
                } catch (IOException e) {
                    sent.set(-1);
                }
            });
            // Socket buffers of the kernel take some MiB on the way; the gateway must not take the rest.
            await().during(500, TimeUnit.MILLISECONDS).until(() -> {
                long before = sent.get();
                Thread.sleep(20);
                return before == sent.get() && before > 0;
            });
            assertThat(sent.get()).isLessThan(BINARY);
            read.countDown();
            assertThat(client.read().text()).isEqualTo("ok");
            sender.join();
        }
        assertThat(gateway.service().next().body()).isEqualTo(body);
    }
}
