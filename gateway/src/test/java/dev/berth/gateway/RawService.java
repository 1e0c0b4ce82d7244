package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that does with its connection whatever a script says; the usual one reads the request and says {@code ok}. */
final class RawService implements AutoCloseable {
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** One request and what is to be done about it; returning without an exception keeps the connection. */
    @FunctionalInterface
    interface Script {
        void play(Request request) throws Exception;
    }

    /** The head has been read, the body has not. */
    record Request(RawHead head, InputStream in, OutputStream out, Socket socket) {
        byte[] readBody() throws IOException {
            return head.readBody(in, true);
        }

        void answer(String bytes) throws IOException {
            out.write(bytes.getBytes(ISO_8859_1));
            out.flush();
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Received(RawHead head, byte[] body) {
        String text() {
            return new String(body, ISO_8859_1);
        }
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Script script = answering(OK);

    RawService() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    void script(Script next) {
        script = next;
    }

    /** Reads the request, remembers it, answers these bytes. */
    void answer(String bytes) {
        script = answering(bytes);
    }

    private Script answering(String bytes) {
        return request -> {
            remember(request);
            boolean headOnly = request.head().startLine().startsWith("HEAD ");
            request.answer(headOnly ? bytes.substring(0, bytes.indexOf("\r\n\r\n") + 4) : bytes);
        };
    }

    void remember(Request request) throws IOException {
        received.add(new Received(request.head(), request.readBody()));
    }

    Received next() throws InterruptedException {
        Received next = received.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("a request that reached the service").isNotNull();
        return next;
    }

    boolean gotNothing() {
        return received.isEmpty();
    }

    void forget() {
        received.clear();
        answer(OK);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (SocketException closed) {
            // close() was called
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                RawHead head = RawHead.read(in);
                if (head.isNothing()) {
                    return;
                }
                script.play(new Request(head, in, socket.getOutputStream(), socket));
                if (socket.isClosed()) {
                    return;
                }
            }
        } catch (Exception gone) {
            // the gateway cut the connection, as some tests want
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
