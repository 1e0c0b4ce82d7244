package dev.berth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OpenLoopTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private volatile long stallMillis;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            if (requests.incrementAndGet() == 50 && stallMillis > 0) {
                pause();
            }
            assertThat(exchange.getRequestHeaders().getFirst("X-WX-SERVICE")).isEqualTo("demo");
            exchange.sendResponseHeaders(status, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        threads.close();
    }

    private void pause() {
        try {
            Thread.sleep(stallMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Samples run() throws IOException {
        return OpenLoop.run(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/", Map.of("X-WX-SERVICE", "demo"), 200, 1);
    }

    @Test
    void sendsEveryRequestOfItsRate() throws IOException {
        assertThat(run().count()).isEqualTo(200);
        assertThat(requests).hasValue(200);
    }

    /** The rate goes on while one answer is late. */
    @Test
    void waitsForNobody() throws IOException {
        stallMillis = 300;
        Samples samples = run();
        assertThat(samples.count()).isEqualTo(200);
        assertThat(samples.percentile(100)).isGreaterThanOrEqualTo(300_000);
    }

    @Test
    void refusesFiguresOfFailingCalls() {
        status = 503;
        assertThatThrownBy(this::run).hasMessageContaining("503");
    }
}
