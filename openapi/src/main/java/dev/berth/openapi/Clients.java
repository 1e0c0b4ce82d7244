package dev.berth.openapi;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The connections to WeChat, HTTP/1.1. A call uses those of its own event loop, so that nothing hops. Thread-safe. */
final class Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Shorter than what servers usually allow, so that a pooled connection is rarely closed under a call. */
    private static final Duration POOLED_CONNECTION_LIFE = Duration.ofSeconds(10);

    private static final int LONGEST_HEAD = 32 * 1024;
    private static final int LARGEST_PIECE = 64 * 1024;
    private static final int OWN_CONNECTIONS = 16;

    private final URI baseUrl;
    private final int port;
    private final HttpClient own;
    private final List<HttpClient> clients;
    private final Map<EventLoop, HttpClient> ofLoop = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    Clients(Vertx vertx, URI baseUrl, int connections) {
        this.baseUrl = baseUrl;
        boolean secure = "https".equalsIgnoreCase(baseUrl.getScheme());
        if (baseUrl.getHost() == null || !(secure || "http".equalsIgnoreCase(baseUrl.getScheme()))) {
            throw new IllegalArgumentException(
                    "baseUrl: %s (expected: such as https://api.weixin.qq.com)".formatted(baseUrl));
        }
        this.port = baseUrl.getPort() >= 0 ? baseUrl.getPort() : secure ? 443 : 80;
        this.own = create(vertx, secure, OWN_CONNECTIONS);
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors());
        this.clients = IntStream.range(0, loops)
                .mapToObj(loop -> create(vertx, secure, connections))
                .toList();
    }

    private static HttpClient create(Vertx vertx, boolean secure, int connections) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setHttp2ClearTextUpgrade(false)
                .setSsl(secure)
                .setSslHandshakeTimeout(CONNECT.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setConnectTimeout((int) CONNECT.toMillis())
                .setKeepAliveTimeout((int) POOLED_CONNECTION_LIFE.toSeconds())
                .setMaxHeaderSize(LONGEST_HEAD)
                .setMaxChunkSize(LARGEST_PIECE)
                .setDecompressionSupported(false);
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(connections))
                .build();
    }

    URI baseUrl() {
        return baseUrl;
    }

    /** Of the event loop that the context lives on. */
    HttpClient of(ContextInternal context) {
        EventLoop loop = context.nettyEventLoop();
        HttpClient known = ofLoop.get(loop);
        return known != null
                ? known
                : ofLoop.computeIfAbsent(loop, added -> clients.get(next.getAndIncrement() % clients.size()));
    }

    /** For what Berth asks by itself: it must not wait for the calls of others. */
    HttpClient own() {
        return own;
    }

    /** @param uri path and query */
    RequestOptions request(HttpMethod method, String uri) {
        return new RequestOptions()
                .setMethod(method)
                .setHost(baseUrl.getHost())
                .setPort(port)
                .setURI(uri);
    }

    Future<Void> close() {
        return Future.join(Stream.concat(clients.stream(), Stream.of(own))
                        .map(HttpClient::close)
                        .toList())
                .mapEmpty();
    }
}
