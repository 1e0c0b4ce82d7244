package dev.berth.openapi;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Connections that are passed on byte by byte: {@code CONNECT} to other hosts, and to the relay's own two ends, one with
 * TLS and one without, for those to {@code api.weixin.qq.com}. An end knows whose a connection is from the port that it
 * comes from, noted before its first byte. Thread-safe; a connection lives on its event loop.
 */
final class Tunnels implements Identification {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int HTTPS = 443;

    private final RelayAnswers answers;
    private final Connecting connecting;
    private final NetClient client;
    private final Map<Integer, Admitted> comingFrom = new ConcurrentHashMap<>();
    private volatile Supplier<Future<Integer>> plainEnd = () -> Future.failedFuture("not open");
    private volatile Supplier<Future<Integer>> tlsEnd = plainEnd;

    Tunnels(RelayAnswers answers, Connecting connecting, NetClient client) {
        this.answers = answers;
        this.connecting = connecting;
        this.client = client;
    }

    /** Ports of the ends, told on the event loop that asks. */
    void ends(Supplier<Future<Integer>> plain, Supplier<Future<Integer>> tls) {
        plainEnd = plain;
        tlsEnd = tls;
    }

    /** At the relay's own ends. */
    @Override
    public Optional<Admitted> of(HttpServerRequest request) {
        return Optional.ofNullable(comingFrom.get(request.remoteAddress().port()))
                .filter(Admitted::isOpen);
    }

    void open(HttpServerRequest request, Admitted instance, RelayTarget.Authority authority) {
        request.pause();
        Future<NetSocket> upstream = authority.isWeChat() && instance.asker().isPresent()
                ? toOwnEnd(instance, authority.port() == HTTPS)
                : connecting.socket(authority);
        upstream.onFailure(failure -> answers.refuse(request, Connecting.refusal(authority, failure)));
        upstream.onSuccess(there -> {
            there.pause();
            request.toNetSocket()
                    .onSuccess(here -> couple(here, there, instance))
                    .onFailure(gone -> there.close());
            request.resume();
        });
    }

    /** A connection to port 443 of an instance's own address. */
    void acceptTls(NetSocket here, Admitted instance) {
        here.pause();
        toOwnEnd(instance, true)
                .onSuccess(there -> couple(here, there, instance))
                .onFailure(failure -> here.close());
    }

    private Future<NetSocket> toOwnEnd(Admitted instance, boolean tls) {
        return (tls ? tlsEnd : plainEnd)
                .get()
                .compose(port -> client.connect(SocketAddress.inetSocketAddress(port, LOOPBACK)))
                .onSuccess(there -> {
                    there.pause();
                    int port = there.localAddress().port();
                    comingFrom.put(port, instance);
                    there.closeHandler(closed -> comingFrom.remove(port, instance));
                });
    }

    private void couple(NetSocket here, NetSocket there, Admitted instance) {
        Runnable untie = instance.tie(() -> {
            here.close();
            there.close();
        });
        // The end of one is the end of the other; what was read before is still written.
        there.pipeTo(here).onComplete(ended -> {
            untie.run();
            here.close();
        });
        here.pipeTo(there).onComplete(ended -> there.close());
    }
}
