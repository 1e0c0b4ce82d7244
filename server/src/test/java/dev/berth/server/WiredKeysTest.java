package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys that other rooms obey. */
@Timeout(120)
final class WiredKeysTest {
    @TempDir
    private Path data;

    @Test
    void aTrustedProxySaysWhereACallerIs() throws Exception {
        try (ServerFixture server = start("BERTH_GATEWAY_TRUSTED_PROXIES", "10.0.0.0/8,127.0.0.1")) {
            server.deploy("demo", echo(), "");

            assertThat(addressSeen(server)).isEqualTo("203.0.113.9");
        }
    }

    @Test
    void nobodyElseIsBelieved() throws Exception {
        try (ServerFixture server = start("BERTH_GATEWAY_TRUSTED_PROXIES", "10.0.0.0/8")) {
            server.deploy("demo", echo(), "");

            assertThat(addressSeen(server)).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void oneConnectionTooManyIsClosed() throws Exception {
        try (ServerFixture server = start("BERTH_GATEWAY_CONNECTIONS", "1");
                Socket first = connect(server)) {
            first.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(first.getInputStream().read()).isEqualTo('H'); // it is served, and counted

            try (Socket second = connect(server)) {
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void aHeadThatDoesNotArriveIsNotWaitedFor() throws Exception {
        try (ServerFixture server = start("BERTH_GATEWAY_HEAD_WITHIN", "1s");
                Socket slow = connect(server)) {
            slow.setSoTimeout(9_000); // the default would be longer
            slow.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void anInstanceThatOpensNoPortIsGivenUp() throws Exception {
        try (ServerFixture server = start("BERTH_RUNTIME_READY_WITHIN", "1s")) {
            server.deploy("demo", ServiceTar.of("index.js", "setInterval(() => {}, 1000)"), "command=node%20index.js");

            server.call("demo", "/", server.session("alice"));

            assertThat(server.get(ServerFixture.SERVICES + "/demo").json().getString("lastFailure"))
                    .contains("within 1 s");
        }
    }

    @Test
    void anInstanceThatDoesNotEndIsKilledAfterTheGrace() throws Exception {
        try (ServerFixture server = start("BERTH_RUNTIME_STOP_GRACE", "1s")) {
            server.deploy("demo", ServiceTar.of("index.js", """
                    process.on('SIGTERM', () => {})
                    require('http').createServer((q, a) => a.end('ok')).listen(process.env.PORT)
                    """), "command=exec%20node%20index.js&idle=1s");
            assertThat(server.call("demo", "/", server.session("alice")).body()).isEqualTo("ok");

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> at(server, "instance_stopped").isPresent());
            assertThat(Duration.between(
                            at(server, "instance_stopping").orElseThrow(),
                            at(server, "instance_stopped").orElseThrow()))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(9)); // the default would be longer
        }
    }

    @Test
    void theLogOfAServiceIsAsLargeAsSaid() throws Exception {
        try (ServerFixture server = start("BERTH_LOGS_SERVICE_SIZE", "64KiB")) {
            server.deploy("demo", ServiceTar.of("index.js", """
                    for (let i = 0; i < 5000; i++) console.log('a line that is rather long ' + i)
                    require('http').createServer((q, a) => a.end('ok')).listen(process.env.PORT)
                    """), "command=node%20index.js");
            server.call("demo", "/", server.session("alice"));

            Path log = server.data().resolve("logs/prod-01/demo.log");
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(Path.of(log + ".1")));
            assertThat(Files.size(log)).isLessThan(70_000);
            assertThat(Files.size(Path.of(log + ".1"))).isLessThan(70_000);
        }
    }

    private static Optional<Instant> at(ServerFixture server, String kind) throws Exception {
        return server.get("/api/v1/events?kind=" + kind).json().getJsonArray("events").stream()
                .map(event -> ((JsonObject) event).getInstant("at"))
                .findFirst();
    }

    private ServerFixture start(String variable, String value) throws Exception {
        return ServerFixture.start(ConfigFile.withEnvironment(ServerFixture.config(data), Map.of(variable, value)));
    }

    private static Socket connect(ServerFixture server) throws Exception {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.door("gateway").getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static byte[] echo() throws Exception {
        return ServiceTar.of("package.json", "{\"scripts\":{\"start\":\"node index.js\"}}", "index.js", """
                require('http').createServer((q, a) => a.end(q.headers['x-forwarded-for'])).listen(process.env.PORT)
                """);
    }

    private static String addressSeen(ServerFixture server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.door("gateway").resolve("/"))
                .header("X-WX-ENV", Defaults.ENVIRONMENT)
                .header("X-WX-SERVICE", "demo")
                .header("X-Berth-Session", server.session("alice"))
                .header("X-Forwarded-For", "203.0.113.9")
                .build();
        HttpResponse<String> answer = server.raw(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
