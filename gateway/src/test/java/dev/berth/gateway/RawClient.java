package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;

/** A caller that decides about every byte it sends. */
final class RawClient implements AutoCloseable {
    final Socket socket;
    final InputStream in;

    @SuppressWarnings("ArrayRecordComponent")
    record Answer(RawHead head, byte[] body) {
        int status() {
            return head.status();
        }

        String text() {
            return new String(body, UTF_8);
        }

        Optional<String> header(String name) {
            return head.one(name);
        }

        /** The code of a system error, or nothing. */
        String systemError() {
            return header("x-wx-system-error").orElse("");
        }

        /** {@code <code> <errmsg>} of CH-70, {@code <status> <CODE>} of CH-96, else {@code <status>}. */
        String outcome() {
            String text = text();
            if (header("x-wx-system-error").isPresent()) {
                return systemError() + " " + between(text, "\"errmsg\":\"", "\"");
            }
            return text.contains("\"requestId\"") ? status() + " " + between(text, "\"code\":\"", "\"") : "" + status();
        }

        private static String between(String text, String before, String after) {
            int start = text.indexOf(before) + before.length();
            return text.substring(start, text.indexOf(after, start));
        }
    }

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawClient send(String bytes) throws IOException {
        return send(bytes.getBytes(ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Answer read() throws IOException {
        RawHead head = RawHead.read(in);
        if (head.isNothing()) {
            throw new IOException("closed without an answer");
        }
        return new Answer(head, head.readBody(in, false));
    }

    /** For answers that have a head only, whatever it says. */
    RawHead readHead() throws IOException {
        return RawHead.read(in);
    }

    boolean isClosedByPeer() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
