package dev.berth.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/**
 * Requests at a constant rate, whether or not the earlier ones were answered. The time of each runs from the moment at
 * which it was due, so that a stall is charged to every request that it delayed. One thread, one selector.
 */
final class OpenLoop {
    private static final long MOST_IN_FLIGHT = 2_000;

    private final InetSocketAddress address;
    private final byte[] request;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Samples micros = new Samples();
    private int inFlight;

    private OpenLoop(URI url, Map<String, String> headers) {
        address = new InetSocketAddress(url.getHost(), url.getPort());
        StringBuilder head = new StringBuilder("GET %s HTTP/1.1\r\n".formatted(url.getPath()));
        if (!headers.containsKey("Host")) {
            head.append("Host: %s:%d\r\n".formatted(url.getHost(), url.getPort()));
        }
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        request = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * @return the time of each request, in microseconds
     * @throws IllegalStateException if a request was not answered with 200
     */
    static Samples run(String url, Map<String, String> headers, int perSecond, int seconds) throws IOException {
        OpenLoop loop = new OpenLoop(URI.create(url), headers);
        try (Selector selector = Selector.open()) {
            loop.run(selector, 1_000_000_000L / perSecond, (long) perSecond * seconds);
            for (Connection connection : loop.idle) {
                connection.channel.close();
            }
        }
        return loop.micros;
    }

    private void run(Selector selector, long interval, long requests) throws IOException {
        long begin = System.nanoTime();
        for (long sent = 0; sent < requests || inFlight > 0; ) {
            long now = System.nanoTime();
            while (sent < requests && now - (begin + sent * interval) >= 0) {
                send(selector, begin + sent * interval);
                sent++;
            }
            long wait = sent < requests ? begin + sent * interval - System.nanoTime() : 10_000_000_000L;
            // the selector knows milliseconds only: sleep through the whole ones, and look often in the last
            int ready = wait > 2_000_000 ? selector.select(wait / 1_000_000 - 1) : selector.selectNow();
            if (ready > 0) {
                receive(selector);
            }
        }
    }

    private void send(Selector selector, long due) throws IOException {
        Connection connection = idle.poll();
        if (connection == null) {
            connection = new Connection(SocketChannel.open(address));
            connection.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connection.channel.configureBlocking(false);
            connection.channel.register(selector, SelectionKey.OP_READ, connection);
        }
        connection.due = due;
        ByteBuffer out = ByteBuffer.wrap(request);
        connection.channel.write(out);
        if (out.hasRemaining() || ++inFlight > MOST_IN_FLIGHT) {
            throw new IllegalStateException("the server does not keep up with the rate");
        }
    }

    private void receive(Selector selector) throws IOException {
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
            Connection connection = (Connection) keys.next().attachment();
            keys.remove();
            if (connection.isAnswered()) {
                micros.add((System.nanoTime() - connection.due) / 1_000.0);
                inFlight--;
                idle.push(connection);
            }
        }
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
        private long due;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        /** Reads what is there. Answers must say their length. */
        boolean isAnswered() throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException("the server closed the connection");
            }
            String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n");
            if (head < 0) {
                return false;
            }
            if (!text.startsWith("HTTP/1.1 200 ")) {
                throw new IllegalStateException(
                        "not 200: " + text.lines().findFirst().orElse(""));
            }
            String lower = text.substring(0, head).toLowerCase(java.util.Locale.ROOT);
            int field = lower.indexOf("\r\ncontent-length:") + "\r\ncontent-length:".length();
            int end = lower.indexOf('\r', field);
            int length = Integer.parseInt(
                    lower.substring(field, end < 0 ? lower.length() : end).strip());
            if (in.position() < head + 4 + length) {
                return false;
            }
            in.clear();
            return true;
        }
    }
}
