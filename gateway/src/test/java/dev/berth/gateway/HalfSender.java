package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/** A caller that begins a request to {@code /half}, sends {@code half} of its body, and then does what a test wants. */
interface HalfSender extends AutoCloseable {
    /** How the body is framed. */
    enum Framing {
        LENGTH,
        CHUNKED,
        HTTP2_LENGTH,
        HTTP2;

        HalfSender begin(GatewayFixture gateway, long deadlineMillis) throws IOException {
            return switch (this) {
                case LENGTH -> new Http1(gateway, deadlineMillis, "Content-Length: 100", "half");
                case CHUNKED -> new Http1(gateway, deadlineMillis, "Transfer-Encoding: chunked", "4\r\nhalf\r\n");
                case HTTP2_LENGTH -> new Http2(gateway, deadlineMillis, "content-length", "100");
                case HTTP2 -> new Http2(gateway, deadlineMillis, "x-length", "unknown");
            };
        }

        boolean chunkedAtTheService() {
            return this == CHUNKED || this == HTTP2;
        }
    }

    void sendHalf() throws IOException;

    /** Returns when the answer has come, or as much of it as comes without being read. */
    void awaitAnswer() throws Exception;

    /** A word and its answer over the same connection, beside the call. */
    void ping() throws IOException;

    void sendOnBeyondTheLimit() throws IOException;

    void breakTheBody() throws IOException;

    /** Without a word, or with a reset. */
    void leave() throws IOException;

    @Override
    void close() throws IOException;

    final class Http1 implements HalfSender {
        private final RawClient client;
        private final byte[] request;

        private Http1(GatewayFixture gateway, long deadlineMillis, String framing, String half) throws IOException {
            client = gateway.connect();
            request = gateway.ask("POST", "/half")
                    .with("X-WX-USER-TIMEOUT", "" + deadlineMillis)
                    .with("Content-Type", "text/plain")
                    .line(framing)
                    .bytes(half)
                    .toBytes();
        }

        @Override
        public void sendHalf() throws IOException {
            client.send(request);
        }

        @Override
        public void awaitAnswer() {
            try {
                client.read();
            } catch (IOException brokenOff) {
                // that is an answer too
            }
        }

        @Override
        public void ping() {
            // HTTP/1.1 has none
        }

        @Override
        public void sendOnBeyondTheLimit() throws IOException {
            client.send(Bodies.chunkOfLetters(100 * 1024));
        }

        @Override
        public void breakTheBody() throws IOException {
            client.send("zz\r\n");
        }

        @Override
        public void leave() throws IOException {
            client.close();
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    /** Opens no window: an answer beyond the first 64 KiB is not read. */
    final class Http2 implements HalfSender {
        private static final int CALL = 1;
        private static final int WINDOW = 65_535;

        private final Http2Caller caller;
        private final String[] head;

        private Http2(GatewayFixture gateway, long deadlineMillis, String name, String value) throws IOException {
            caller = new Http2Caller(gateway.port()).keepWindowsShut();
            String deadline = Long.toString(deadlineMillis);
            head = gateway.http2(
                    "POST", "/half", "x-wx-user-timeout", deadline, "content-type", "text/plain", name, value);
        }

        @Override
        public void sendHalf() throws IOException {
            caller.head(CALL, false, head).data(CALL, false, "half".getBytes(ISO_8859_1));
        }

        @Override
        public void awaitAnswer() throws IOException {
            int read = 0;
            while (read < WINDOW) {
                Http2Caller.Frame frame = caller.next();
                read += frame.type() == Http2Caller.DATA ? frame.payload().length : 0;
                if (frame.stream() == CALL && (frame.endsStream() || frame.type() == Http2Caller.RESET)) {
                    return;
                }
            }
        }

        @Override
        public void ping() throws IOException {
            caller.send(Http2Caller.PING, 0, 0, new byte[8]).next(Http2Caller.PING);
        }

        @Override
        public void sendOnBeyondTheLimit() throws IOException {
            for (int i = 0; i < 10; i++) {
                caller.data(CALL, false, new byte[10 * 1024]);
            }
        }

        @Override
        public void breakTheBody() throws IOException {
            caller.data(CALL, true, new byte[1]);
        }

        @Override
        public void leave() throws IOException {
            caller.number(Http2Caller.RESET, CALL, 8);
        }

        @Override
        public void close() throws IOException {
            caller.close();
        }
    }
}
