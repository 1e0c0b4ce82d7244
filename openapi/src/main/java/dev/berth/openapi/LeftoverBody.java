package dev.berth.openapi;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads on after an early answer, and throws away. Closing while the client still sends would reset the connection and
 * could take the answer with it (RFC 9112, section 9.6); a client that does not stop in time is cut off all the same.
 */
final class LeftoverBody {
    private static final long PATIENCE_MILLIS = 5_000;
    private static final long AT_MOST = 64 * 1024 * 1024L;

    private LeftoverBody() {}

    static void drain(Vertx vertx, HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        long[] left = {AT_MOST};
        long timer =
                vertx.setTimer(PATIENCE_MILLIS, ignored -> request.connection().close());
        request.handler(buffer -> {
            left[0] -= buffer.length();
            if (left[0] < 0) {
                request.connection().close();
            }
        });
        request.exceptionHandler(failure -> vertx.cancelTimer(timer));
        request.endHandler(ended -> vertx.cancelTimer(timer));
        request.resume();
    }
}
