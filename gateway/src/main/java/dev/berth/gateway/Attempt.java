package dev.berth.gateway;

import dev.berth.core.Endpoint;
import dev.berth.core.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/** One try of a call: one request on one connection to an instance. Lives on one event loop. */
final class Attempt {
    /** Told once: how the head of an answer came, or why it did not; nothing after {@link Attempt#drop}. */
    interface Receiver {
        void answered(HttpClientResponse answer);

        void failed(Throwable failure);

        void stop(Refusal refusal);
    }

    private final HttpServerRequest request;
    private final InboundHead head;
    private final RequestBody body;
    private final Receiver receiver;
    private @Nullable HttpClientRequest upstream;
    private @Nullable Passage passage;
    private boolean dropped;

    Attempt(HttpServerRequest request, InboundHead head, RequestBody body, Receiver receiver) {
        this.request = request;
        this.head = head;
        this.body = body;
        this.receiver = receiver;
    }

    void start(HttpClient client, Endpoint endpoint) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setURI(request.uri());
        client.request(options).onComplete(opened -> {
            if (dropped) {
                if (opened.succeeded()) {
                    opened.result().reset();
                }
            } else if (opened.failed()) {
                receiver.failed(opened.cause());
            } else {
                send(opened.result());
            }
        });
    }

    private void send(HttpClientRequest outbound) {
        upstream = outbound;
        passage = ServiceConnection.begin(outbound.connection());
        MultiMap headers = outbound.headers();
        headers.addAll(head.forwarded());
        if (!head.host().isEmpty()) {
            headers.set("host", head.host());
        }
        outbound.exceptionHandler(failure -> {}); // told by the response's future as well
        outbound.response().onComplete(answered -> {
            if (dropped) {
                return;
            }
            if (answered.succeeded()) {
                receiver.answered(answered.result());
            } else {
                receiver.failed(answered.cause());
            }
        });
        body.sendTo(outbound, receiver::stop);
    }

    /** Whether there was a connection at all. */
    boolean opened() {
        return passage != null;
    }

    /** Whether the connection had served a request before. */
    boolean reused() {
        return passage != null && passage.reused();
    }

    /** Whether the instance may know of the request. */
    boolean written() {
        return passage != null && passage.written();
    }

    /** Whether a byte of an answer arrived. */
    boolean answered() {
        return passage != null && passage.answered();
    }

    /** The answer is complete; the request need not be. */
    void end() {
        if (upstream != null && isHalfSent()) {
            upstream.connection().close();
        }
    }

    /**
     * Vert.x 5.0.10 keeps the connection of a request that is reset after its answer has ended, though the rest of its
     * body was never sent; so that is closed here. One whose request was sent may be another call's by now.
     */
    void drop() {
        dropped = true;
        if (upstream == null) {
            return;
        }
        if (isHalfSent()) {
            upstream.connection().close();
        } else {
            upstream.reset();
        }
    }

    /** Then the next request on that connection would be read as the rest of this one. */
    private boolean isHalfSent() {
        return passage != null && passage.isHalfSent();
    }
}
