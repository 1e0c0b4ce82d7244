package dev.berth.gateway;

import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caller's body on its way to the service: unchanged, framed anew, no faster than the service reads. As long as it is
 * in hand as a whole, it can be sent once more, to another connection.
 */
final class RequestBody {
    /** What is kept of a body whose request may be repeated. */
    private static final int KEPT = 64 * 1024;

    private final HttpServerRequest request;
    private final InboundHead head;
    private final boolean keeps;
    private final Buffer kept = Buffer.buffer(0);
    private @Nullable HttpClientRequest upstream;
    private Consumer<Refusal> stop = refusal -> {};
    private boolean begun;
    private boolean ended;
    private long passed;

    /** @param keeps whether the request may be repeated after something of its body has been sent */
    RequestBody(HttpServerRequest request, InboundHead head, boolean keeps) {
        this.request = request;
        this.head = head;
        this.keeps = keeps;
    }

    /** Whether all that was read of it can be sent again. */
    boolean isInHand() {
        return passed == kept.length();
    }

    /** @param refused told if the body must not go on */
    void sendTo(HttpClientRequest next, Consumer<Refusal> refused) {
        upstream = next;
        stop = refused;
        if (isNone()) {
            sendNone(next);
            return;
        }
        if (head.framing().chunked()) {
            next.setChunked(true);
        } else {
            next.putHeader("content-length", Long.toString(head.framing().contentLength()));
        }
        if (kept.length() > 0) {
            next.write(kept.copy());
        }
        if (ended) {
            next.end();
        } else {
            read(next);
        }
    }

    /** Until it is sent to another connection. */
    void hold() {
        upstream = null;
        if (begun && !ended && !request.isEnded()) {
            request.pause();
        }
    }

    private boolean isNone() {
        return head.framing().contentLength() <= 0 && !head.framing().chunked();
    }

    private void sendNone(HttpClientRequest next) {
        if (head.framing().contentLength() == 0) {
            next.putHeader("content-length", "0");
        }
        next.end();
        if (!begun) {
            begun = true;
            ended = true;
            request.resume();
        }
    }

    private void read(HttpClientRequest next) {
        if (head.expectsContinue() && kept.length() == 0) {
            next.sendHead(); // the service may have its answer before there is a body
        }
        if (!begun) {
            begun = true;
            if (head.expectsContinue()) {
                request.response().writeContinue();
            }
            request.endHandler(last -> end());
            request.handler(this::pass);
        }
        resume();
    }

    private void end() {
        ended = true;
        if (upstream != null) {
            upstream.end();
        }
    }

    private void pass(Buffer part) {
        if (keeps && isInHand() && passed + part.length() <= KEPT) {
            kept.appendBuffer(part);
        }
        passed += part.length();
        if (passed > head.bodyLimit()) { // CH-39: as soon as it passes the limit
            stop.accept(Refusal.system(
                    SystemError.REQUEST_TOO_LARGE,
                    "gateway",
                    "the body (expected: <= " + head.bodyLimit() + " bytes)"));
        } else if (upstream != null) {
            upstream.write(part);
            if (upstream.writeQueueFull()) {
                request.pause();
                upstream.drainHandler(drained -> resume());
            }
        }
    }

    private void resume() {
        if (!request.isEnded()) {
            request.resume();
        }
    }
}
