package dev.berth.openapi;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** Answers on a connection of an instance: framed anew, and never leaving the connection in doubt. On its event loop. */
final class RelayAnswers {
    static final String REASON = "x-berth-reason"; // OA-25

    private final Vertx vertx;

    RelayAnswers(Vertx vertx) {
        this.vertx = vertx;
    }

    void refuse(HttpServerRequest request, RelayRefusal refusal) {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            request.connection().close();
            return;
        }
        response.setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(REASON, refusal.reason());
        if (refusal.status() == 407) {
            response.putHeader(HttpHeaders.PROXY_AUTHENTICATE, "Basic realm=\"Berth\"");
        }
        Buffer body = new JsonObject()
                .put("request_id", UUID.randomUUID().toString())
                .put("error_type", refusal.type())
                .put("error_message", refusal.reason())
                .toBuffer();
        finish(request, body, refusal.endsConnection());
    }

    /** A complete answer, whose head is set but for its framing. What is left of the request is thrown away. */
    void finish(HttpServerRequest request, Buffer body, boolean endsConnection) {
        HttpServerResponse response = request.response();
        if (endsConnection || isAwaitingContinue(request)) {
            endConnection(request);
        }
        if (mayHaveBody(request, response.getStatusCode())) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            response.end(body);
        } else {
            response.end();
        }
        LeftoverBody.drain(vertx, request);
    }

    /** Before a body that is going to be streamed. */
    static void frame(HttpServerRequest request, long length) {
        HttpServerResponse response = request.response();
        if (length >= 0) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        } else if (!mayHaveBody(request, response.getStatusCode())) {
            return;
        } else if (request.version() == HttpVersion.HTTP_1_0) {
            endConnection(request); // RFC 9112, section 6.3: the end of the body is that of the connection
        } else {
            response.setChunked(true);
        }
    }

    static boolean mayHaveBody(HttpServerRequest request, int status) {
        return !request.method().equals(HttpMethod.HEAD) && status != 204 && status != 304;
    }

    private static void endConnection(HttpServerRequest request) {
        request.response().headersEndHandler(sent -> request.response().putHeader(HttpHeaders.CONNECTION, "close"));
        request.connection().shutdown(); // once the answer has gone
    }

    /** RFC 9110, section 10.1.1: whether its body comes then, nobody knows. */
    private static boolean isAwaitingContinue(HttpServerRequest request) {
        return !request.isEnded() && request.headers().contains(HttpHeaders.EXPECT);
    }

    /** RFC 9110, section 7.6.1, and what is between client and proxy: it holds the credential. */
    static void dropHopByHop(MultiMap headers) {
        for (String listed : headers.getAll(HttpHeaders.CONNECTION)) {
            for (String name : listed.split(",", -1)) {
                headers.remove(name.strip());
            }
        }
        headers.remove(HttpHeaders.CONNECTION)
                .remove("keep-alive")
                .remove("proxy-connection")
                .remove(HttpHeaders.PROXY_AUTHORIZATION)
                .remove(HttpHeaders.PROXY_AUTHENTICATE)
                .remove(HttpHeaders.TRANSFER_ENCODING)
                .remove("te")
                .remove("trailer")
                .remove(HttpHeaders.UPGRADE);
    }
}
