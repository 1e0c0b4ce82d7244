package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry of npm packages with one in it: {@code greeting}, which says hello. */
final class PackageRegistry implements AutoCloseable {
    private final HttpServer server;
    private final byte[] tarball;
    final List<String> asked = new CopyOnWriteArrayList<>();

    PackageRegistry() throws IOException {
        tarball = Tars.gzip(
                "package/package.json",
                "{\"name\":\"greeting\",\"version\":\"1.0.0\"}",
                "package/index.js",
                "module.exports = 'hello'");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }

    String integrity() throws Exception {
        return "sha512-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-512").digest(tarball));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            byte[] body = switch (path) {
                case "/greeting" -> packument();
                case "/greeting.tgz" -> tarball;
                default -> new byte[0];
            };
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] packument() throws IOException {
        try {
            return """
                    {"name": "greeting", "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": {
                     "name": "greeting", "version": "1.0.0",
                     "dist": {"tarball": "%sgreeting.tgz", "integrity": "%s"}}}}
                    """.formatted(url(), integrity()).getBytes(UTF_8);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
