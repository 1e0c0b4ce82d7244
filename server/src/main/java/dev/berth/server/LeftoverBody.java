package dev.berth.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * The rest of a request that was answered before its end: read and dropped, because many a sender looks at the answer
 * only when all is sent. One who does not come to an end is cut off.
 */
final class LeftoverBody {
    private static final long PATIENCE_MILLIS = 30_000;

    private LeftoverBody() {}

    /** To be called when nobody else reads the request any more; on any thread. */
    static void drop(Vertx vertx, HttpServerRequest request) {
        boolean hasBody = request.headers().contains("content-length")
                || request.headers().contains("transfer-encoding");
        if (hasBody && !request.isEnded()) {
            vertx.setTimer(PATIENCE_MILLIS, ignored -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
        }
        request.resume();
    }
}
