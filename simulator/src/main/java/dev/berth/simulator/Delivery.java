package dev.berth.simulator;

import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.VertxConnection;
import java.time.Duration;

/** Writes an answer, HTTP 200 whatever it says (OA-47), unless a fault wants it late, spoilt or not at all. */
final class Delivery {
    /** By how much a wrong {@code Content-Length} is short. */
    private static final int MISSING_BYTES = 10;

    private final HttpServerRequest request;
    private final WeChatAnswer.Payload payload;

    Delivery(HttpServerRequest request, WeChatAnswer.Payload payload) {
        this.request = request;
        this.payload = payload;
    }

    /** To nobody, when the client has gone. */
    void plain() {
        if (!request.response().closed()) {
            response().end(payload.content());
        }
    }

    /** To be called when the fault's delay is over. */
    void struckBy(Fault.Effect effect) {
        if (request.response().closed()) {
            return;
        }
        switch (effect) {
            case Fault.None() -> plain();
            case Fault.Errcode error -> plain();
            case Fault.ExpiredToken() -> plain();
            case Fault.Status status -> page(status.status());
            case Fault.Reset() -> reset(request.connection());
            case Fault.Garbled(Fault.Garbage how) -> garbled(how);
        }
    }

    private void page(int status) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html")
                .end("<html><body><h1>%d</h1></body></html>\n".formatted(status));
    }

    private void garbled(Fault.Garbage how) {
        Buffer content = payload.content();
        Buffer half = content.slice(0, content.length() / 2);
        switch (how) {
            case BROKEN_JSON -> response().end(half);
            case WRONG_LENGTH -> thenClose(response(Math.max(0, content.length() - MISSING_BYTES)), content);
            case CUT_OFF -> thenClose(response(content.length()), half);
        }
    }

    private void thenClose(HttpServerResponse response, Buffer content) {
        response.write(content).onComplete(written -> request.connection().close());
    }

    private HttpServerResponse response(int length) {
        return response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(length));
    }

    private HttpServerResponse response() {
        return request.response().putHeader(HttpHeaders.CONTENT_TYPE, payload.contentType());
    }

    /** Closing with a linger of 0 sends RST and not FIN; Vert.x sets that option for all connections or none. */
    private static void reset(HttpConnection connection) {
        if (connection instanceof VertxConnection known) {
            known.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        connection.close();
    }

    static void after(Vertx vertx, Duration delay, Runnable deliver) {
        if (delay.toMillis() == 0) {
            deliver.run();
        } else {
            vertx.setTimer(delay.toMillis(), fired -> deliver.run());
        }
    }
}
