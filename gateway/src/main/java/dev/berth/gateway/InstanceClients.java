package dev.berth.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;

/**
 * How one event loop speaks to instances.
 *
 * @param pooled keeps connections
 * @param fresh opens one for each request and closes it after the answer, for a second try
 */
record InstanceClients(HttpClient pooled, HttpClient fresh) {
    private static final int CONNECTIONS_PER_INSTANCE = 512;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Shorter than the keep-alive of Node (5 s), so that a pooled connection is rarely closed under a call. */
    private static final Duration POOLED_CONNECTION_LIFE = Duration.ofSeconds(4);

    static InstanceClients create(Vertx vertx) {
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_INSTANCE);
        HttpClient pooled = vertx.httpClientBuilder()
                .with(options())
                .with(pool)
                .withConnectHandler(ServiceConnection::watch)
                .build();
        HttpClient fresh = vertx.httpClientBuilder()
                .with(options().setKeepAlive(false))
                .with(pool)
                .withConnectHandler(ServiceConnection::watch)
                .build();
        return new InstanceClients(pooled, fresh);
    }

    private static HttpClientOptions options() {
        return new HttpClientOptions()
                .setKeepAliveTimeout((int) POOLED_CONNECTION_LIFE.toSeconds())
                .setConnectTimeout((int) CONNECT.toMillis())
                .setMaxHeaderSize(Door.LONGEST_HEAD)
                .setMaxChunkSize(Door.LARGEST_PIECE)
                .setDecompressionSupported(false)
                .setHttp2ClearTextUpgrade(false);
    }
}
