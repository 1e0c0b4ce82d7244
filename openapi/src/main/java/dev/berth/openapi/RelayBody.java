package dev.berth.openapi;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** The body of a request, paused until somebody wants it, and no longer than allowed. On its event loop. */
final class RelayBody implements ReadStream<Buffer> {
    private final HttpServerRequest request;
    private final long limit;
    private final Runnable tooLong;
    private boolean awaitsContinue;
    private boolean stopped;
    private long passed;

    /** @param tooLong told once, as soon as there is more than the limit; nothing is passed on then */
    RelayBody(HttpServerRequest request, long limit, Runnable tooLong) {
        this.request = request;
        this.limit = limit;
        this.tooLong = tooLong;
        this.awaitsContinue =
                request.headers().contains(HttpHeaders.EXPECT) && request.version() != HttpVersion.HTTP_1_0;
        request.pause();
    }

    /** Whoever reads it is told nothing any more. */
    void stop() {
        stopped = true;
    }

    @Override
    public RelayBody handler(@Nullable Handler<Buffer> handler) {
        request.handler(handler == null ? null : part -> pass(part, handler));
        return this;
    }

    private void pass(Buffer part, Handler<Buffer> handler) {
        if (stopped) {
            return;
        }
        passed += part.length();
        if (passed > limit) {
            stopped = true;
            tooLong.run();
        } else {
            handler.handle(part);
        }
    }

    @Override
    public RelayBody endHandler(@Nullable Handler<Void> handler) {
        request.endHandler(
                handler == null
                        ? null
                        : ended -> {
                            if (!stopped) {
                                handler.handle(null);
                            }
                        });
        return this;
    }

    @Override
    public RelayBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        request.exceptionHandler(handler);
        return this;
    }

    @Override
    public RelayBody pause() {
        if (!stopped) {
            request.pause();
        }
        return this;
    }

    @Override
    public RelayBody resume() {
        if (!stopped) {
            inviteBody();
            request.resume();
        }
        return this;
    }

    @Override
    public RelayBody fetch(long amount) {
        if (!stopped) {
            inviteBody();
            request.fetch(amount);
        }
        return this;
    }

    /** RFC 9110, section 10.1.1. */
    private void inviteBody() {
        if (awaitsContinue) {
            awaitsContinue = false;
            request.headers().remove(HttpHeaders.EXPECT);
            request.response().writeContinue();
        }
    }
}
