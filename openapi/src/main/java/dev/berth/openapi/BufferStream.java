package dev.berth.openapi;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A body that is in hand, as one that is read; paused at first. Lives on one event loop. */
final class BufferStream implements ReadStream<Buffer> {
    private final Buffer buffer;
    private boolean read;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;

    BufferStream(Buffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public BufferStream handler(@Nullable Handler<Buffer> added) {
        handler = added;
        return this;
    }

    @Override
    public BufferStream endHandler(@Nullable Handler<Void> added) {
        endHandler = added;
        return this;
    }

    @Override
    public BufferStream exceptionHandler(@Nullable Handler<Throwable> added) {
        return this;
    }

    @Override
    public BufferStream pause() {
        return this;
    }

    @Override
    public BufferStream resume() {
        return fetch(1);
    }

    @Override
    public BufferStream fetch(long amount) {
        if (!read && amount > 0) {
            read = true;
            if (handler != null && buffer.length() > 0) {
                handler.handle(buffer);
            }
            if (endHandler != null) {
                endHandler.handle(null);
            }
        }
        return this;
    }
}
