package dev.berth.cli;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The management API and the gateway on real sockets, described in {@code folder/.berth} as a real server does. */
final class ServerDouble implements AutoCloseable {
    static final String TOKEN = "the-token";

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Request(String method, String path, Headers headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, Map<String, String> headers, byte[] body) {
        static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final HttpServer management = start(this::answerManagement);
    private final HttpServer gateway = start(this::answerGateway);
    private final Map<String, Function<Request, Answer>> routes = new ConcurrentHashMap<>();
    private final List<Request> asked = new CopyOnWriteArrayList<>();
    private final List<Request> called = new CopyOnWriteArrayList<>();
    private volatile Answer service = Answer.of(200, "");

    ServerDouble() {
        on("GET /api/v1/environments", "{\"environments\":[{\"id\":\"prod-01\"}]}");
        on("GET /api/v1/environments/prod-01/services", "{\"services\":[]}");
        on("GET /api/v1/environments/prod-01/functions", "{\"functions\":[]}");
        on("GET /api/v1/config", "{\"settings\":[{\"key\":\"wechat.base-url\",\"value\":\"\"}]}");
        on("GET /api/v1/status", """
                {"version":"0.1.0","pid":42,"uptimeMillis":125000,"simulator":true,
                 "doors":{"gateway":"http://127.0.0.1:7080","management":"http://127.0.0.1:7081"},
                 "app":"wx1111111111111111","environment":"prod-01","data":"/data","apps":1,"services":2,"instances":1,"functions":3,
                 "cloudCall":{"byAddress":true,"reason":"for every HTTP client: each instance has a hosts file of its own","ca":"/data/inward/ca.crt"},
                 "trust":"Processes are not walled off from one another."}""");
    }

    /** Writes {@code server.json} and the token into {@code folder/.berth}. */
    ServerDouble describedIn(Path folder) {
        return describedIn(folder, ProcessHandle.current().pid());
    }

    ServerDouble describedIn(Path folder, long pid) {
        try {
            Path data = Files.createDirectories(folder.resolve(".berth"));
            Files.writeString(data.resolve("token"), TOKEN + "\n");
            Files.writeString(data.resolve("server.json"), """
                    {"pid":%d,"data":"%s","doors":{"gateway":"%s","management":"%s"}}""".formatted(pid, data, url(gateway), url(management)));
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    ServerDouble on(String route, String answer) {
        return on(route, request -> Answer.of(200, answer));
    }

    ServerDouble on(String route, Function<Request, Answer> answer) {
        routes.put(route, answer);
        return this;
    }

    ServerDouble service(Answer answer) {
        service = answer;
        return this;
    }

    URI managementUrl() {
        return URI.create(url(management));
    }

    List<Request> asked() {
        return asked;
    }

    Request lastAsked() {
        return asked.getLast();
    }

    Request called() {
        return called.getLast();
    }

    @Override
    public void close() {
        management.stop(0);
        gateway.stop(0);
    }

    private Answer answerManagement(Request request) {
        asked.add(request);
        if (!("Bearer " + TOKEN).equals(request.headers().getFirst("Authorization"))) {
            return refusal(401, "TOKEN_INVALID", "The token is not this server's.", "Look into .berth/token.");
        }
        String path = request.path().replaceFirst("\\?.*", "");
        return routes.getOrDefault(
                        request.method() + " " + path,
                        unknown -> refusal(404, "ROUTE_UNKNOWN", "No such thing: " + unknown.path(), "Look again."))
                .apply(request);
    }

    static Answer refusal(int status, String code, String message, String hint) {
        return Answer.of(status, """
                {"error":{"code":"%s","component":"server","message":"%s","hint":"%s","requestId":"r-1"}}""".formatted(code, message, hint));
    }

    private Answer answerGateway(Request request) {
        called.add(request);
        return service;
    }

    private static HttpServer start(Function<Request, Answer> handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> answer(exchange, handler));
            server.start();
            return server;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void answer(HttpExchange exchange, Function<Request, Answer> handler) throws IOException {
        try (exchange) {
            Answer answer = handler.apply(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toASCIIString(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes()));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
