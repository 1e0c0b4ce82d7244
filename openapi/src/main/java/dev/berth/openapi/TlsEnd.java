package dev.berth.openapi;

import dev.berth.core.BerthException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code https://api.weixin.qq.com} ends. Its certificate is made beside everything else, and it listens from the
 * first connection on: cryptography costs a start some hundred milliseconds, and most services need none here (OA-5).
 * Thread-safe.
 */
final class TlsEnd {
    private static final String LOOPBACK = "127.0.0.1";
    private static final System.Logger LOG = System.getLogger("dev.berth.openapi");

    private final Vertx vertx;
    private final RelayOptions options;
    private final InstantSource clock;
    private final CompletableFuture<Material> material = new CompletableFuture<>();
    private @Nullable Future<HttpServer> listening;
    private boolean closed;

    private record Material(RelayCertificate certificate, Optional<TrustFiles> trust) {}

    TlsEnd(Vertx vertx, RelayOptions options, InstantSource clock) {
        this.vertx = vertx;
        this.options = options;
        this.clock = clock;
    }

    /** Blocks. A failure is told, and again to whoever needs it. */
    void makeCertificate() {
        try {
            RelayCertificate certificate = RelayCertificate.open(options.folder(), clock);
            material.complete(new Material(
                    certificate,
                    options.trustCa()
                            ? Optional.of(
                                    TrustFiles.write(options.folder(), certificate.file(), certificate.certificate()))
                            : Optional.empty()));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.log(Level.WARNING, "https://{0} does not work inside instances: {1}", RelayTarget.WECHAT, e);
            material.completeExceptionally(e);
        }
    }

    /** PEM; empty if it could not be made, which was told. Blocks until it is there: on a new machine, up to a second. */
    Optional<Path> certificate() {
        return material.<Optional<Path>>handle((made, failure) -> made == null
                        ? Optional.empty()
                        : Optional.of(made.certificate().file()))
                .join();
    }

    /**
     * What instances are told to trust; empty if they are not. Blocks until that is there.
     *
     * @throws BerthException {@code RELAY_UNUSABLE}
     */
    Optional<TrustFiles> trust() {
        if (!options.trustCa()) {
            return Optional.empty();
        }
        try {
            return material.join().trust();
        } catch (CompletionException e) {
            throw e.getCause() instanceof BerthException refused ? refused : e;
        }
    }

    /**
     * Its port, on the event loop that asks.
     *
     * @param opened told of the port before anybody else, if this opens it
     */
    Future<Integer> port(RelayServer server, RelayDoor door, Consumer<Integer> opened) {
        Context context = vertx.getOrCreateContext();
        Promise<Integer> port = Promise.promise();
        listening(server, door, opened)
                .onComplete(result -> context.runOnContext(back -> {
                    if (result.succeeded()) {
                        port.complete(result.result().actualPort());
                    } else {
                        port.fail(result.cause());
                    }
                }));
        return port.future();
    }

    private synchronized Future<HttpServer> listening(RelayServer server, RelayDoor door, Consumer<Integer> opened) {
        if (closed) {
            return Future.failedFuture("closed");
        }
        if (listening == null || listening.failed()) {
            Promise<ServerSSLOptions> tls = Promise.promise();
            Thread.ofVirtual().name("relay").start(() -> {
                try {
                    tls.complete(new ServerSSLOptions()
                            .setKeyCertOptions(material.join().certificate().options()));
                } catch (GeneralSecurityException | RuntimeException e) {
                    tls.fail(e);
                }
            });
            listening = tls.future()
                    .compose(ready ->
                            server.listen(SocketAddress.inetSocketAddress(0, LOOPBACK), door, Optional.of(ready)))
                    .onSuccess(found -> opened.accept(found.actualPort()));
        }
        return listening;
    }

    /** Completes when nothing of it listens or writes any more. */
    synchronized Future<Void> close() {
        closed = true;
        Future<Void> made =
                Future.fromCompletionStage(material).<Void>mapEmpty().otherwiseEmpty();
        return listening == null
                ? made
                : listening.compose(HttpServer::close).otherwiseEmpty().compose(ended -> made);
    }
}
