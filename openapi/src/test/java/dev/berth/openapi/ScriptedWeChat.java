package dev.berth.openapi;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** WeChat, as a test wants it: issues tokens TOKEN-1, TOKEN-2 … and answers errcode 0 to anything else, unless told otherwise. */
final class ScriptedWeChat implements AutoCloseable {
    static final String JSON = "application/json; encoding=utf-8";
    static final String ISSUE = "/cgi-bin/stable_token";

    record Seen(String method, String path, @Nullable String query, MultiMap headers, Buffer body) {
        String token() {
            return query == null ? "" : query.replaceAll("^.*access_token=([^&]*).*$", "$1");
        }
    }

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final AtomicInteger issued = new AtomicInteger();
    volatile int expiresIn = 7200;
    private final Map<String, Function<Seen, String>> answers = new ConcurrentHashMap<>();
    private final Map<String, Consumer<HttpServerRequest>> takeovers = new ConcurrentHashMap<>();
    private final HttpServer server;

    ScriptedWeChat(Vertx vertx) {
        answer(ISSUE, request -> issue());
        answer("/cgi-bin/token", request -> issue());
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .await();
    }

    String issue() {
        return "{\"access_token\":\"TOKEN-%d\",\"expires_in\":%d}".formatted(issued.incrementAndGet(), expiresIn);
    }

    void answer(String path, Function<Seen, String> answer) {
        takeovers.remove(path);
        answers.put(path, answer);
    }

    void answer(String path, int errcode, String errmsg) {
        answer(path, request -> error(errcode, errmsg));
    }

    static String error(int errcode, String errmsg) {
        return new JsonObject().put("errcode", errcode).put("errmsg", errmsg).encode();
    }

    /** Leaves a request to the test as it comes. */
    void takeOver(String path, Consumer<HttpServerRequest> takeover) {
        takeovers.put(path, takeover);
    }

    List<Seen> seen(String path) {
        return seen.stream().filter(request -> request.path().equals(path)).toList();
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private void handle(HttpServerRequest request) {
        Consumer<HttpServerRequest> takeover = takeovers.get(request.path());
        if (takeover != null) {
            seen.add(new Seen(
                    request.method().name(), request.path(), request.query(), request.headers(), Buffer.buffer()));
            takeover.accept(request);
            return;
        }
        request.body().onSuccess(body -> {
            Seen asked = new Seen(request.method().name(), request.path(), request.query(), request.headers(), body);
            seen.add(asked);
            Function<Seen, String> answer =
                    answers.getOrDefault(asked.path(), ok -> "{\"errcode\":0,\"errmsg\":\"ok\"}");
            request.response().putHeader("content-type", JSON).end(answer.apply(asked));
        });
    }

    @Override
    public void close() {
        server.close().await();
    }
}
