package dev.berth.gateway;

import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** The caller's body on its way to the service: unchanged, framed anew, no faster than the service reads. */
final class RequestBody {
    private final HttpServerRequest request;
    private final HttpClientRequest upstream;
    private final long limit;
    private final Consumer<Refusal> stop;
    private long passed;

    private RequestBody(HttpServerRequest request, HttpClientRequest upstream, long limit, Consumer<Refusal> stop) {
        this.request = request;
        this.upstream = upstream;
        this.limit = limit;
        this.stop = stop;
    }

    static void forward(
            HttpServerRequest request, InboundHead head, HttpClientRequest upstream, Consumer<Refusal> stop) {
        long length = head.framing().contentLength();
        boolean chunked = head.framing().chunked();
        if (length <= 0 && !chunked) {
            if (length == 0) {
                upstream.putHeader("content-length", "0");
            }
            upstream.end();
            request.resume();
            return;
        }
        if (chunked) {
            upstream.setChunked(true);
        } else {
            upstream.putHeader("content-length", Long.toString(length));
        }
        new RequestBody(request, upstream, head.bodyLimit(), stop).pump();
    }

    private void pump() {
        request.endHandler(ended -> upstream.end());
        request.handler(buffer -> {
            passed += buffer.length();
            if (passed > limit) { // CH-39: as soon as it passes the limit
                stop.accept(Refusal.system(
                        SystemError.REQUEST_TOO_LARGE, "gateway", "the body (expected: <= " + limit + " bytes)"));
                return;
            }
            upstream.write(buffer);
            if (upstream.writeQueueFull()) {
                request.pause();
                upstream.drainHandler(drained -> request.resume());
            }
        });
        request.resume();
    }
}
