package dev.berth.gateway;

import dev.berth.core.FunctionError;
import dev.berth.core.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** The body of one {@code callFunction}: its event, at most {@value #LONGEST} bytes. Lives on one event loop. */
final class EventBody {
    /** HO-57. */
    static final int LONGEST = 6 * 1024 * 1024;

    /** A larger one is parsed elsewhere, not on the event loop. */
    private static final int SMALL = 64 * 1024;

    private final Lane lane;
    private final HttpServerRequest request;
    private final InboundHead head;

    EventBody(Lane lane, HttpServerRequest request, InboundHead head) {
        this.lane = lane;
        this.request = request;
        this.head = head;
    }

    /** Whether the head says that it will be. */
    boolean isTooLarge() {
        return head.framing().contentLength() > LONGEST;
    }

    static Refusal tooLarge() {
        return Refusal.function(
                FunctionError.EVENT_TOO_LARGE, "client", "the body (expected: <= " + LONGEST + " bytes)");
    }

    /**
     * Reads it, of a paused request. Tells one of the three, once, unless the client goes away before.
     *
     * @param tooLong told as soon as there is more; the rest is read and thrown away afterwards
     */
    void read(Consumer<FunctionEvent> event, Consumer<Refusal> invalid, Runnable tooLong) {
        RouteBody.read(
                lane,
                request,
                LONGEST,
                body -> parse(body)
                        .onSuccess(event::accept)
                        .onFailure(failure -> invalid.accept(Refusal.function(
                                FunctionError.EVENT_INVALID, "client", String.valueOf(failure.getMessage())))),
                tooLong);
        if (head.expectsContinue()) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private Future<FunctionEvent> parse(Buffer body) {
        if (body.length() > SMALL) {
            return lane.vertx().executeBlocking(() -> FunctionEvent.read(body), false);
        }
        try {
            return Future.succeededFuture(FunctionEvent.read(body));
        } catch (FunctionEvent.Malformed e) {
            return Future.failedFuture(e);
        }
    }
}
