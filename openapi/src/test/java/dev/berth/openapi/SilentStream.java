package dev.berth.openapi;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A body of which nothing ever comes. */
final class SilentStream implements ReadStream<Buffer> {
    @Override
    public SilentStream handler(@Nullable Handler<Buffer> handler) {
        return this;
    }

    @Override
    public SilentStream endHandler(@Nullable Handler<Void> handler) {
        return this;
    }

    @Override
    public SilentStream exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public SilentStream pause() {
        return this;
    }

    @Override
    public SilentStream resume() {
        return this;
    }

    @Override
    public SilentStream fetch(long amount) {
        return this;
    }
}
