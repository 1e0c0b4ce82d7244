package dev.berth.openapi;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Map;

/**
 * Requests to other hosts, which come this way because a client obeys the variables for proxies: passed on as an ordinary
 * proxy does (RFC 9110, section 7.6), streaming both ways. A connection serves one request, so that none fails because
 * one was left over from before. On the event loop of the request.
 */
final class OtherHosts {
    private static final int LONGEST_HEAD = 64 * 1024;

    private final Vertx vertx;
    private final RelayAnswers answers;
    private final Connecting connecting;
    private final HttpClient client;

    OtherHosts(Vertx vertx, RelayLimits limits, RelayAnswers answers, Connecting connecting) {
        this.vertx = vertx;
        this.answers = answers;
        this.connecting = connecting;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setKeepAlive(false)
                        .setMaxHeaderSize(LONGEST_HEAD)
                        .setMaxInitialLineLength(LONGEST_HEAD)
                        .setConnectTimeout((int) limits.connect().toMillis())
                        .setIdleTimeout((int) limits.idle().toSeconds()),
                new PoolOptions().setHttp1MaxSize(limits.connections()));
    }

    Future<Void> close() {
        return client.close();
    }

    /** @param length of the body as declared; -1 for chunks, 0 for none */
    void pass(HttpServerRequest request, RelayTarget.OtherHost target, long length) {
        RelayBody body = new RelayBody(request, Long.MAX_VALUE, () -> {});
        connecting
                .first(
                        target.authority(),
                        address -> client.request(new RequestOptions()
                                .setServer(address)
                                .setHost(target.authority().host())
                                .setPort(target.authority().port())
                                .setMethod(request.method())
                                .setURI(target.uri())))
                .onSuccess(upstream -> send(request, target, body, upstream, length))
                .onFailure(failure -> answers.refuse(request, Connecting.refusal(target.authority(), failure)));
    }

    private void send(
            HttpServerRequest request,
            RelayTarget.OtherHost target,
            RelayBody body,
            HttpClientRequest upstream,
            long length) {
        request.response().closeHandler(gone -> upstream.reset());
        MultiMap headers = HttpHeaders.headers().addAll(request.headers());
        RelayAnswers.dropHopByHop(headers);
        headers.remove(HttpHeaders.EXPECT)
                .set(HttpHeaders.HOST, target.authority().text()); // RFC 9112, section 3.2.2
        upstream.headers().addAll(headers);
        upstream.response()
                .onSuccess(response -> answer(request, response))
                .onFailure(failure -> answers.refuse(request, Connecting.refusal(target.authority(), failure)));
        if (length == 0) {
            body.resume();
            upstream.end();
        } else {
            upstream.setChunked(length < 0);
            body.pipe().endOnFailure(false).to(upstream).onFailure(failure -> upstream.reset());
        }
    }

    private void answer(HttpServerRequest request, HttpClientResponse inbound) {
        inbound.pause();
        HttpServerResponse response = request.response().setStatusCode(inbound.statusCode());
        if (!inbound.statusMessage().isEmpty()) {
            response.setStatusMessage(inbound.statusMessage());
        }
        MultiMap headers = HttpHeaders.headers().addAll(inbound.headers());
        RelayAnswers.dropHopByHop(headers);
        String declared = headers.get(HttpHeaders.CONTENT_LENGTH);
        headers.remove(HttpHeaders.CONTENT_LENGTH);
        for (Map.Entry<String, String> header : headers) {
            response.headers().add(header.getKey(), header.getValue());
        }
        RelayAnswers.frame(request, declared == null ? -1 : Long.parseLong(declared));
        inbound.pipe().endOnFailure(false).to(response).onComplete(sent -> {
            if (sent.failed()) {
                request.connection().close();
            } else {
                LeftoverBody.drain(vertx, request);
            }
        });
    }
}
