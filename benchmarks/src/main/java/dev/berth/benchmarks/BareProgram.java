package dev.berth.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A program started without Berth, as a person would: {@code PORT=… command}, and asked until it answers. */
final class BareProgram implements AutoCloseable {
    /** What an instance is given, too; a NODE_EXTRA_CA_CERTS of the shell, say, would cost Node 30 ms. */
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "LANG", "TMPDIR");

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final int port;
    private final double readyMillis;

    private BareProgram(Process process, int port, double readyMillis) {
        this.process = process;
        this.port = port;
        this.readyMillis = readyMillis;
    }

    /** Blocks until the first complete answer. */
    static BareProgram start(Path folder, List<String> command) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.environment().put("PORT", Integer.toString(port));
        long begin = System.nanoTime();
        Process process = builder.start();
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() - begin > LIMIT.toNanos()) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " does not answer");
            }
            TimeUnit.MICROSECONDS.sleep(500);
        }
        return new BareProgram(process, port, (System.nanoTime() - begin) / 1e6);
    }

    private static boolean answers(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            return socket.getInputStream().readAllBytes().length > 0;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** From the start of the process until its first answer was complete. */
    double readyMillis() {
        return readyMillis;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
