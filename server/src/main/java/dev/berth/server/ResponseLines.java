package dev.berth.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An answer that grows line by line, written by a thread that may block. */
final class ResponseLines {
    private static final int PATIENCE_SECONDS = 30;

    private final HttpServerResponse response;

    ResponseLines(HttpServerResponse response, String contentType) {
        this.response = response;
        response.setChunked(true).putHeader("content-type", contentType);
    }

    /** Waits while the client is slow. @return false once nobody reads any more */
    synchronized boolean write(String line) {
        if (response.closed()) {
            return false;
        }
        try {
            response.write(Buffer.buffer(line + "\n"))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    synchronized void end() {
        if (!response.closed() && !response.ended()) {
            response.end();
        }
    }
}
