package dev.berth.openapi;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A body of WeChat's on its way to the asker, no faster than that one reads; begins with what had been read already. Ends
 * only if it was as long as announced. Lives on one event loop.
 */
final class StreamedBody implements ReadStream<Buffer> {
    /** Told how it goes, before the asker is. */
    interface Watch {
        void moved();

        void complete();

        void broke(Throwable failure);
    }

    private final HttpClientResponse response;
    private final long declared;
    private final Watch watch;
    private Buffer early;
    private long passed;
    private boolean over;
    private boolean paused;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    /** @param declared length; -1 if there is none */
    StreamedBody(HttpClientResponse response, Buffer early, long declared, Watch watch) {
        this.response = response;
        this.early = early;
        this.declared = declared;
        this.watch = watch;
        response.pause();
        response.handler(this::pass);
        response.exceptionHandler(this::breakOff);
        response.endHandler(ended -> end());
    }

    private void pass(Buffer part) {
        if (over) {
            return;
        }
        watch.moved();
        passed += part.length();
        if (handler != null) {
            handler.handle(part);
        }
    }

    private void end() {
        if (declared >= 0 && passed != declared) {
            breakOff(new IllegalStateException("%d bytes (expected: %d)".formatted(passed, declared)));
        } else if (!over) {
            over = true;
            watch.complete();
            if (endHandler != null) {
                endHandler.handle(null);
            }
        }
    }

    /** Ends it without its end. Repeatable. */
    void breakOff(Throwable failure) {
        if (over) {
            return;
        }
        over = true;
        watch.broke(failure);
        if (exceptionHandler != null) {
            exceptionHandler.handle(failure);
        }
    }

    /** Nobody is told anything any more. */
    void drop() {
        over = true;
    }

    @Override
    public StreamedBody handler(@Nullable Handler<Buffer> added) {
        handler = added;
        return this;
    }

    @Override
    public StreamedBody endHandler(@Nullable Handler<Void> added) {
        endHandler = added;
        return this;
    }

    @Override
    public StreamedBody exceptionHandler(@Nullable Handler<Throwable> added) {
        exceptionHandler = added;
        return this;
    }

    @Override
    public StreamedBody pause() {
        paused = true;
        response.pause();
        return this;
    }

    @Override
    public StreamedBody resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public StreamedBody fetch(long amount) {
        long rest = amount;
        if (amount > 0 && early.length() > 0) {
            Buffer first = early;
            early = Buffer.buffer();
            paused = false;
            pass(first);
            rest = paused ? 0 : amount == Long.MAX_VALUE ? amount : amount - 1;
        }
        if (rest > 0 && !over) {
            response.fetch(rest);
        }
        return this;
    }
}
