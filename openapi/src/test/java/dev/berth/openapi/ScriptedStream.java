package dev.berth.openapi;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A body as askers send it: so many pieces, as long as it is read, and then an end, a break, or nothing. */
final class ScriptedStream implements ReadStream<Buffer> {
    enum Ending {
        END,
        BREAK,
        SILENCE
    }

    final AtomicLong read = new AtomicLong();
    private final Buffer piece;
    private final Ending ending;
    private int left;
    private boolean flowing;
    private boolean emitting;
    private boolean ended;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    ScriptedStream(int pieces, int size, Ending ending) {
        this.piece = Buffer.buffer("x".repeat(size));
        this.left = pieces;
        this.ending = ending;
    }

    @Override
    public ScriptedStream handler(@Nullable Handler<Buffer> added) {
        handler = added;
        return this;
    }

    @Override
    public ScriptedStream endHandler(@Nullable Handler<Void> added) {
        endHandler = added;
        return this;
    }

    @Override
    public ScriptedStream exceptionHandler(@Nullable Handler<Throwable> added) {
        exceptionHandler = added;
        return this;
    }

    @Override
    public ScriptedStream pause() {
        flowing = false;
        return this;
    }

    @Override
    public ScriptedStream resume() {
        flowing = true;
        if (!emitting) {
            emitting = true;
            emit();
            emitting = false;
        }
        return this;
    }

    @Override
    public ScriptedStream fetch(long amount) {
        return amount > 0 ? resume() : this;
    }

    private void emit() {
        while (flowing && left > 0) {
            left--;
            read.addAndGet(piece.length());
            if (handler != null) {
                handler.handle(piece);
            }
        }
        if (flowing && !ended && left == 0) {
            ended = true;
            if (ending == Ending.END && endHandler != null) {
                endHandler.handle(null);
            } else if (ending == Ending.BREAK && exceptionHandler != null) {
                exceptionHandler.handle(new IllegalStateException("the asker went away"));
            }
        }
    }
}
