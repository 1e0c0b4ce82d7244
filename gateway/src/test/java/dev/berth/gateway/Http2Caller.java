package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.EmptyHttp2Headers;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A caller that decides about every frame it sends (RFC 9113). Reads on one thread. */
final class Http2Caller implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    private static final int PRIORITY = 32;

    @SuppressWarnings("ArrayRecordComponent")
    record Frame(int type, int flags, int stream, byte[] payload) {
        boolean endsStream() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }

        int number() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    /** What came of one stream; {@code error} is the code of the frame that ended it, or -1. */
    record Answer(Http2Headers headers, Http2Headers trailers, String text, int error) {
        int status() {
            return headers.isEmpty() ? 0 : Integer.parseInt(headers.status().toString());
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name)).map(CharSequence::toString);
        }

        String systemError() {
            return header("x-wx-system-error").orElse("");
        }
    }

    final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder headersDecoder = new DefaultHttp2HeadersDecoder();
    private boolean opensWindows = true;

    /** @param settings pairs of identifier and value */
    Http2Caller(int port, int... settings) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        send(SETTINGS, 0, 0, payload.array());
    }

    /** From now on, what is read does not let the other side send more. */
    Http2Caller keepWindowsShut() {
        opensWindows = false;
        return this;
    }

    Http2Caller send(int type, int flags, int stream, byte[] payload) throws IOException {
        socket.getOutputStream().write(frame(type, flags, stream, payload));
        return this;
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    Http2Caller head(int stream, boolean end, String... headers) throws IOException {
        return send(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(headers));
    }

    Http2Caller data(int stream, boolean end, byte[] bytes) throws IOException {
        return send(DATA, end ? END_STREAM : 0, stream, bytes);
    }

    Http2Caller number(int type, int stream, int value) throws IOException {
        return send(type, 0, stream, ByteBuffer.allocate(4).putInt(value).array());
    }

    /** RFC 7541, section 6.2.2: names and values as they are, whatever is in them. */
    static byte[] block(String... headers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < headers.length; i++) {
            if (i % 2 == 0) {
                out.write(0);
            }
            byte[] bytes = headers[i].getBytes(ISO_8859_1);
            if (bytes.length < 127) {
                out.write(bytes.length);
            } else {
                out.write(127);
                int rest = bytes.length - 127;
                for (; rest >= 128; rest >>= 7) {
                    out.write((rest & 127) | 128);
                }
                out.write(rest);
            }
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    Frame next() throws IOException {
        int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        Frame frame = new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(), in.readNBytes(length));
        if (frame.type() == SETTINGS && frame.flags() == 0) {
            send(SETTINGS, 1, 0, new byte[0]);
        } else if (frame.type() == DATA && length > 0 && opensWindows) {
            number(WINDOW_UPDATE, 0, length);
            if (!frame.endsStream()) {
                number(WINDOW_UPDATE, frame.stream(), length);
            }
        }
        return frame;
    }

    /** The next frame of this type, whatever comes before it. */
    Frame next(int type) throws IOException {
        while (true) {
            Frame frame = next();
            if (frame.type() == type) {
                return frame;
            }
        }
    }

    Http2Headers decode(Frame frame) throws Http2Exception {
        int priority = (frame.flags() & PRIORITY) == 0 ? 0 : 5;
        return headersDecoder.decodeHeaders(
                frame.stream(), Unpooled.wrappedBuffer(frame.payload()).skipBytes(priority));
    }

    /** All of one stream; interim answers are skipped. */
    Answer read(int stream) throws Exception {
        Http2Headers headers = EmptyHttp2Headers.INSTANCE;
        Http2Headers trailers = EmptyHttp2Headers.INSTANCE;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Frame frame = next();
            if (frame.type() == GOAWAY && frame.number() != 0) {
                return new Answer(headers, trailers, body.toString(UTF_8), frame.number());
            }
            if (frame.type() == HEADERS) {
                Http2Headers decoded = decode(frame); // always: the decoder has a state
                if (frame.stream() == stream && !headers.isEmpty()) {
                    trailers = decoded;
                } else if (frame.stream() == stream && decoded.status().charAt(0) != '1') {
                    headers = decoded;
                }
            }
            if (frame.stream() == stream && frame.type() == DATA) {
                body.writeBytes(frame.payload());
            }
            if (frame.stream() == stream && (frame.endsStream() || frame.type() == RESET)) {
                return new Answer(headers, trailers, body.toString(UTF_8), frame.type() == RESET ? frame.number() : -1);
            }
        }
    }

    boolean isClosedByPeer() throws IOException {
        try {
            while (true) {
                next();
            }
        } catch (EOFException closed) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
