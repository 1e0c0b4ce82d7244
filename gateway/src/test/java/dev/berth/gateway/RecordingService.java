package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records every byte of every connection, and answers each request that it finds in them with the request's target. */
final class RecordingService implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    RecordingService() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What came since the last time, connection by connection. */
    List<String> take() {
        return connections.stream()
                .map(Connection::take)
                .filter(bytes -> !bytes.isEmpty())
                .toList();
    }

    private void accept() {
        try {
            while (true) {
                Connection connection = new Connection(server.accept());
                connections.add(connection);
                Thread.ofVirtual().start(connection::serve);
            }
        } catch (IOException closed) {
            // close() was called
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static final class Connection {
        private final Socket socket;
        private final StringBuilder received = new StringBuilder();
        private int answered;

        Connection(Socket socket) {
            this.socket = socket;
        }

        synchronized String take() {
            String bytes = received.toString();
            received.setLength(0);
            answered = 0;
            return bytes;
        }

        void serve() {
            try (socket) {
                InputStream in = socket.getInputStream();
                byte[] some = new byte[16 * 1024];
                for (int n = in.read(some); n >= 0; n = in.read(some)) {
                    socket.getOutputStream().write(answersTo(new String(some, 0, n, ISO_8859_1)));
                }
            } catch (IOException | WireReader.Malformed gone) {
                // the bytes are kept, and the test will judge them
            }
        }

        private synchronized byte[] answersTo(String bytes) {
            received.append(bytes);
            StringBuilder answers = new StringBuilder();
            List<WireReader.Found> found = WireReader.STRICT.read(received.toString());
            for (WireReader.Found one : found.subList(Math.min(answered, found.size()), found.size())) {
                if (one.request().complete()) {
                    answered++;
                    String target = one.request().target();
                    answers.append("HTTP/1.1 200 OK\r\nX-Served: yes\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(target.length(), target));
                }
            }
            return answers.toString().getBytes(ISO_8859_1);
        }
    }
}
