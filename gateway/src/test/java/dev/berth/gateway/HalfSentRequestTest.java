package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A connection on which half a request was sent is never used again: the service would read the next caller's request as
 * the rest of that body, or the rest of that body as a request (RFC 9112, section 9.3).
 */
class HalfSentRequestTest {
    private static final long SOON = 500;
    private static final long LATE = 15_000;
    private static final String LARGE = "a".repeat(1_000_000);

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private final CountDownLatch answered = new CountDownLatch(1);
    private final CompletableFuture<String> after = new CompletableFuture<>();

    /** What the service says before it has read the body; it keeps the connection open. */
    enum Early {
        NOTHING(""),
        SMALL("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno"),
        CHUNKED("HTTP/1.1 413 Too Large\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n"),
        BODILESS("HTTP/1.1 204 None\r\n\r\n"),
        /** More than a caller of HTTP/2 takes that opens no window, so that its end waits in the gateway. */
        LARGE("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + HalfSentRequestTest.LARGE),
        LARGE_CHUNKED("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Bodies.chunkOfLetters(1_000_000)
                + "0\r\n\r\n"),
        TOO_LARGE("HTTP/1.1 200 OK\r\nContent-Length: 1024001\r\n\r\n" + "a".repeat(1_024_001)),
        TOO_LARGE_CHUNKED("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Bodies.chunkOfLetters(1_024_001)
                + "0\r\n\r\n"),
        HALF("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
        SWITCH("HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n"),
        NO_HTTP("SSH-2.0-OpenSSH_9.6\r\n\r\n");

        private final String bytes;

        Early(String bytes) {
            this.bytes = bytes;
        }

        boolean isLarge() {
            return this == LARGE || this == LARGE_CHUNKED;
        }
    }

    /** How the call ends. */
    enum End {
        ANSWER,
        DEADLINE,
        LEAVES,
        TOO_LONG,
        BROKEN_BODY
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LENGTH       | SMALL             | ANSWER
            LENGTH       | CHUNKED           | ANSWER
            LENGTH       | BODILESS          | ANSWER
            LENGTH       | LARGE             | ANSWER
            LENGTH       | TOO_LARGE         | ANSWER
            LENGTH       | TOO_LARGE_CHUNKED | ANSWER
            LENGTH       | SWITCH            | ANSWER
            LENGTH       | NO_HTTP           | ANSWER
            LENGTH       | NOTHING           | DEADLINE
            LENGTH       | HALF              | DEADLINE
            LENGTH       | NOTHING           | LEAVES
            LENGTH       | SMALL             | LEAVES
            LENGTH       | LARGE             | LEAVES
            LENGTH       | HALF              | LEAVES
            CHUNKED      | SMALL             | ANSWER
            CHUNKED      | CHUNKED           | ANSWER
            CHUNKED      | BODILESS          | ANSWER
            CHUNKED      | LARGE             | ANSWER
            CHUNKED      | TOO_LARGE         | ANSWER
            CHUNKED      | TOO_LARGE_CHUNKED | ANSWER
            CHUNKED      | SWITCH            | ANSWER
            CHUNKED      | NO_HTTP           | ANSWER
            CHUNKED      | NOTHING           | DEADLINE
            CHUNKED      | HALF              | DEADLINE
            CHUNKED      | NOTHING           | LEAVES
            CHUNKED      | SMALL             | LEAVES
            CHUNKED      | LARGE             | LEAVES
            CHUNKED      | HALF              | LEAVES
            CHUNKED      | NOTHING           | TOO_LONG
            CHUNKED      | HALF              | TOO_LONG
            CHUNKED      | NOTHING           | BROKEN_BODY
            CHUNKED      | HALF              | BROKEN_BODY
            HTTP2_LENGTH | SMALL             | ANSWER
            HTTP2_LENGTH | BODILESS          | ANSWER
            HTTP2_LENGTH | TOO_LARGE         | ANSWER
            HTTP2_LENGTH | NOTHING           | DEADLINE
            HTTP2_LENGTH | HALF              | DEADLINE
            HTTP2_LENGTH | LARGE             | DEADLINE
            HTTP2_LENGTH | LARGE_CHUNKED     | DEADLINE
            HTTP2_LENGTH | TOO_LARGE_CHUNKED | DEADLINE
            HTTP2_LENGTH | NOTHING           | LEAVES
            HTTP2_LENGTH | HALF              | LEAVES
            HTTP2_LENGTH | LARGE             | LEAVES
            HTTP2_LENGTH | LARGE_CHUNKED     | LEAVES
            HTTP2_LENGTH | NOTHING           | BROKEN_BODY
            HTTP2_LENGTH | LARGE             | BROKEN_BODY
            HTTP2        | SMALL             | ANSWER
            HTTP2        | BODILESS          | ANSWER
            HTTP2        | TOO_LARGE         | ANSWER
            HTTP2        | NOTHING           | DEADLINE
            HTTP2        | HALF              | DEADLINE
            HTTP2        | LARGE             | DEADLINE
            HTTP2        | LARGE_CHUNKED     | DEADLINE
            HTTP2        | TOO_LARGE_CHUNKED | DEADLINE
            HTTP2        | NOTHING           | LEAVES
            HTTP2        | HALF              | LEAVES
            HTTP2        | LARGE             | LEAVES
            HTTP2        | LARGE_CHUNKED     | LEAVES
            HTTP2        | NOTHING           | TOO_LONG
            HTTP2        | LARGE             | TOO_LONG
            """)
    @Tag("CH-60")
    @Tag("CH-114")
    void itsConnectionIsClosedAndNobodyElseIsReadThere(HalfSender.Framing framing, Early early, End end)
            throws Exception {
        try (RawService service = new RawService(); // with no other connection in any pool
                HalfSender caller = framing.begin(gateway, end == End.DEADLINE ? SOON : LATE)) {
            service.script(request -> serve(request, framing, early));
            gateway.activator.serve(service.port());
            caller.sendHalf();
            assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
            end(caller, early, end);
            gateway.recorded("/half");
            gateway.activator.awaitAllEndedOnce();
            probeEveryPool();
            assertThat(after.get(10, TimeUnit.SECONDS)).doesNotContain("/probe");
        }
    }

    private void serve(RawService.Request request, HalfSender.Framing framing, Early early) throws IOException {
        if (!request.head().startLine().contains("/half")) {
            request.answer("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            request.socket().close();
            return;
        }
        if (framing.chunkedAtTheService()) {
            RawHead.readChunk(request.in());
        } else {
            request.in().readNBytes(4);
        }
        Thread reader = Thread.ofVirtual().start(() -> after.complete(readToTheEnd(request)));
        try {
            request.answer(early.bytes);
        } finally { // of one that is too large, the gateway may not take all
            answered.countDown();
        }
        join(reader);
    }

    private static void join(Thread reader) {
        try {
            reader.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Everything, also if a reset ends it. */
    private static String readToTheEnd(RawService.Request request) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int next = request.in().read(); next >= 0; next = request.in().read()) {
                all.write(next);
            }
        } catch (IOException reset) {
            // as good as an end
        }
        return all.toString(ISO_8859_1);
    }

    private static void end(HalfSender caller, Early early, End end) throws Exception {
        if (early.isLarge()) {
            caller.awaitAnswer();
            caller.ping(); // until then, the gateway has the rest of the answer as well
        }
        switch (end) {
            case ANSWER, DEADLINE -> {
                if (!early.isLarge()) {
                    caller.awaitAnswer();
                }
            }
            case LEAVES -> caller.leave();
            case TOO_LONG -> caller.sendOnBeyondTheLimit();
            case BROKEN_BODY -> caller.breakTheBody();
        }
    }

    /** New connections go to the event loops in turn, and each loop has connections to instances of its own. */
    private static void probeEveryPool() throws IOException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            byte[] probe = gateway.ask("GET", "/probe")
                    .with("X-WX-USER-TIMEOUT", "3000")
                    .toBytes();
            assertThat(gateway.call(probe).outcome()).as("probe %s", i).isEqualTo("200");
        }
    }
}
