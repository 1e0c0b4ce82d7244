package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.openapi.RelayFixture.Inside;
import dev.berth.openapi.RelayFixture.Response;
import dev.berth.openapi.RelayFixture.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose HTTP client sends everything through the relay must not notice. */
@Tag("OA-8")
class OtherHostsTest {
    @TempDir
    Path folder;

    private final List<HttpServerRequest> seen = new CopyOnWriteArrayList<>();
    private RelayFixture berth;
    private Inside inside;
    private HttpServer other;

    @BeforeEach
    void start() {
        berth = new RelayFixture(folder);
        inside = berth.admit("demo-001-aaaa");
        other = RelayFixture.await(berth.vertx
                .createHttpServer()
                .requestHandler(request -> {
                    seen.add(request);
                    request.body()
                            .onSuccess(body -> request.response()
                                    .setStatusCode(207)
                                    .setStatusMessage("As It Is")
                                    .putHeader("x-one", (Iterable<String>) List.of("1", "2"))
                                    .putHeader("connection", "x-hop")
                                    .putHeader("x-hop", "1")
                                    .end(Buffer.buffer("got ").appendBuffer(body)));
                })
                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() {
        other.close();
        berth.close();
    }

    private Wire ask(String line, String... headers) throws IOException {
        Wire wire = berth.byProxy();
        wire.sendRaw(line + "\r\nHost: x\r\nProxy-Authorization: " + inside.proxyAuthorization() + "\r\n");
        for (String header : headers) {
            wire.sendRaw(header + "\r\n");
        }
        return wire.sendRaw("\r\n");
    }

    @Test
    void arePassedOnAsAProxyDoes() throws IOException {
        try (Wire wire = ask(
                "POST http://localhost:" + other.actualPort() + "/a/../b?access_token=kept&%zz HTTP/1.1",
                "Content-Length: 3",
                "X-Mine: 1",
                "Connection: x-drop, keep-alive",
                "Proxy-Connection: keep-alive",
                "X-Drop: 1")) {
            Response response = wire.sendRaw("abc").response();

            assertThat(response.head()).startsWith("HTTP/1.1 207 As It Is\r\n");
            assertThat(response.head()).contains("x-one: 1", "x-one: 2").doesNotContain("keep-alive");
            assertThat(response.head()).doesNotContain("x-openapi-seqid");
            assertThat(response.body()).isEqualTo("got abc");
        }
        HttpServerRequest request = seen.getFirst();
        assertThat(request.uri()).isEqualTo("/a/../b?access_token=kept&%zz");
        assertThat(request.getHeader("host")).isEqualTo("localhost:" + other.actualPort());
        assertThat(request.getHeader("x-mine")).isEqualTo("1");
        assertThat(request.headers().contains("x-drop")).isFalse();
        assertThat(request.headers().contains("proxy-connection")).isFalse();
        assertThat(request.headers().contains("proxy-authorization")).isFalse();
        assertThat(berth.records).isEmpty();
    }

    @Test
    void streamLargeBodiesBothWays() throws IOException {
        int size = 3_000_000;
        try (Wire wire = ask("POST http://127.0.0.1:" + other.actualPort() + "/ HTTP/1.1", "Content-Length: " + size)) {
            wire.sendRaw("z".repeat(size));
            Response response = wire.response();

            assertThat(response.body()).hasSize(size + 4).endsWith("zzz");
        }
    }

    @Test
    void needTheCredentialToo() throws IOException {
        try (Wire wire = berth.byProxy()) {
            assertThat(wire.send("GET http://127.0.0.1:" + other.actualPort() + "/ HTTP/1.1", "Host: x")
                            .response()
                            .status())
                    .isEqualTo(407);
        }
        try (Wire wire = berth.byProxy()) {
            assertThat(wire.send("CONNECT 127.0.0.1:" + other.actualPort() + " HTTP/1.1", "Host: x")
                            .response()
                            .status())
                    .isEqualTo(407);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void thatCannotBeReachedAreNamed() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        for (String target : new String[] {"http://127.0.0.1:" + nobody + "/", "http://no-such-host.invalid/"}) {
            try (Wire wire = ask("GET " + target + " HTTP/1.1")) {
                Response response = wire.response();

                assertThat(response.status()).isEqualTo(502);
                assertThat(response.body()).contains(target.substring(7, 16)).contains("cannot be reached");
            }
        }
        try (Wire wire = ask("CONNECT 127.0.0.1:" + nobody + " HTTP/1.1")) {
            assertThat(wire.response().status()).isEqualTo(502);
        }
    }

    @Test
    void neverAreTheRelayItself() throws IOException {
        for (String target : new String[] {
            "127.0.0.1:" + berth.openApi.port(),
            "localhost:" + berth.openApi.port(),
            "0.0.0.0:" + berth.openApi.port(),
            inside.address() + ":" + berth.namePorts.http()
        }) {
            try (Wire wire = ask("GET http://" + target + "/ HTTP/1.1")) {
                assertThat(wire.response().status()).as(target).isEqualTo(403);
            }
            try (Wire wire = ask("CONNECT " + target + " HTTP/1.1")) {
                assertThat(wire.response().status()).as(target).isEqualTo(403);
            }
        }
    }

    @Test
    void areReachedThroughATunnelByteByByte() throws Exception {
        try (ServerSocket database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Wire wire = ask("CONNECT 127.0.0.1:" + database.getLocalPort() + " HTTP/1.1");
                Socket there = database.accept()) {
            assertThat(wire.head()).matches("HTTP/1.1 200 OK\r\n\r\n");
            wire.sendRaw("\u0000ping");
            assertThat(there.getInputStream().readNBytes(5)).containsExactly(0, 'p', 'i', 'n', 'g');
            there.getOutputStream().write(new byte[] {(byte) 0xff, 'x'});
            assertThat(wire.read(2)).isEqualTo("\u00ffx");

            there.shutdownOutput();
            assertThat(wire.read()).isEqualTo(-1);
        }
    }

    @Test
    void areNotReadFasterThanTheInstanceReads() throws Exception {
        try (ServerSocket database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Wire wire = ask("CONNECT 127.0.0.1:" + database.getLocalPort() + " HTTP/1.1");
                Socket there = database.accept()) {
            wire.head();
            int size = 64 * 1024 * 1024;
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
                try {
                    there.getOutputStream().write(new byte[size]);
                    there.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(wire.read()).isZero(); // and no more for now
            assertThat(written).isNotDone();
            assertThat(wire.socket().getInputStream().readAllBytes()).hasSize(size - 1);
            written.get(15, TimeUnit.SECONDS);
        }
    }

    @Test
    void areCutOffWithTheInstance() throws IOException {
        try (ServerSocket database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Wire wire = ask("CONNECT 127.0.0.1:" + database.getLocalPort() + " HTTP/1.1");
                Socket there = database.accept()) {
            wire.head();
            inside.admission.close();

            assertThat(endOf(wire)).isEqualTo(-1);
            assertThat(there.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static int endOf(Wire wire) throws IOException {
        try {
            return wire.read();
        } catch (SocketException reset) {
            return -1;
        }
    }
}
