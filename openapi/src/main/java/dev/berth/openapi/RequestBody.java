package dev.berth.openapi;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.ReadStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The asker's body on its way to WeChat, no faster than WeChat takes it. As long as it is in hand as a whole, it can be
 * sent once more. Lives on one event loop.
 */
final class RequestBody {
    /** What is kept of a body, so that the call can be repeated after a stale token. */
    static final int KEPT = 1024 * 1024;

    private static final long UNKNOWN = -1;

    private final ReadStream<Buffer> body;
    private final long declared;
    private final Consumer<String> fault;
    private final Runnable moved;
    private Buffer kept = Buffer.buffer();
    private Buffer last = Buffer.buffer();
    private @Nullable HttpClientRequest upstream;
    private @Nullable Runnable reader;
    private boolean begun;
    private boolean ended;
    private boolean broken;
    private long passed;

    /**
     * @param declared length; -1 if there may be a body of any length
     * @param fault told once, what is wrong with the body
     * @param moved told of each piece
     */
    RequestBody(ReadStream<Buffer> body, long declared, Consumer<String> fault, Runnable moved) {
        this.body = body;
        this.declared = declared;
        this.fault = fault;
        this.moved = moved;
    }

    /** Whether all of it has arrived, as it was announced, and can be sent again. */
    boolean isInHand() {
        return ended && !broken && passed == kept.length();
    }

    /** Reads all of it before it is sent anywhere, and tells that; or the fault, if it is longer than {@link #KEPT}. */
    void readAhead(Runnable inHand) {
        reader = inHand;
        begin();
    }

    /** What has arrived, once it {@link #isInHand}. */
    byte[] inHand() {
        return kept.getBytes();
    }

    boolean isSent() {
        return ended && !broken;
    }

    void sendTo(HttpClientRequest next, HttpMethod method) {
        upstream = next;
        if (declared == UNKNOWN) {
            next.setChunked(true);
        } else if (declared > 0 || method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT)) {
            next.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(declared));
        }
        if (ended) {
            sendEnd(next, kept.copy());
        } else if (declared == 0) {
            begun = true;
            ended = true;
            body.resume();
            next.end();
        } else if (!begun) {
            begin();
        }
    }

    /** Until it is sent to another connection, or for good. */
    void hold() {
        upstream = null;
        if (begun && !ended) {
            body.pause();
        }
    }

    private void begin() {
        begun = true;
        body.exceptionHandler(
                failure -> breakOff("the body of the request broke off after %d bytes".formatted(passed)));
        body.endHandler(end -> end());
        body.handler(this::pass);
        body.resume();
    }

    private void pass(Buffer part) {
        if (broken) {
            return;
        }
        moved.run();
        if (passed == kept.length() && passed + part.length() <= KEPT) {
            kept.appendBuffer(part);
        } else if (passed == kept.length()) {
            kept = Buffer.buffer(); // it cannot be repeated any more
        }
        passed += part.length();
        if (declared != UNKNOWN && passed > declared) {
            breakOff("the body of the request is longer than its Content-Length: " + declared);
        } else if (reader != null && passed > KEPT) {
            breakOff(
                    "the body of the request is longer than %d bytes, so that it cannot be read first".formatted(KEPT));
        } else if (passed == declared) {
            last = part; // leaves together with the end
        } else if (upstream != null) {
            send(upstream, part);
        }
    }

    private void send(HttpClientRequest request, Buffer part) {
        request.write(part);
        if (request.writeQueueFull()) {
            body.pause();
            request.drainHandler(drained -> {
                moved.run();
                if (request.equals(upstream) && !ended) {
                    body.resume();
                }
            });
        }
    }

    private void end() {
        if (broken) {
            return;
        }
        if (declared != UNKNOWN && passed < declared) {
            breakOff("the body of the request has %d bytes (expected: Content-Length: %d)".formatted(passed, declared));
            return;
        }
        ended = true;
        if (reader != null) {
            reader.run();
        } else if (upstream != null) {
            sendEnd(upstream, last);
        }
    }

    private static void sendEnd(HttpClientRequest request, Buffer rest) {
        if (rest.length() == 0) {
            request.end();
        } else {
            request.end(rest);
        }
    }

    private void breakOff(String what) {
        if (!broken && !ended) {
            broken = true;
            upstream = null;
            fault.accept(what);
        }
    }
}
