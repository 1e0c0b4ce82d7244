package dev.berth.server;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The body of a request, for a thread that may block; read no faster than that thread reads. To be made on the event loop,
 * before anything of the body has come; what nobody read is dropped at the end.
 */
final class RequestStream extends InputStream {
    private static final Buffer END = Buffer.buffer();
    private static final Buffer BROKEN = Buffer.buffer();

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final BlockingQueue<Buffer> arrived = new LinkedBlockingQueue<>();
    private byte[] current = new byte[0];
    private int position;
    private boolean ended;
    private volatile boolean closed;

    RequestStream(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
        request.pause();
        request.handler(this::keep);
        request.endHandler(end -> arrived.add(END));
        request.exceptionHandler(failure -> arrived.add(BROKEN));
    }

    private void keep(Buffer buffer) {
        if (!closed) {
            arrived.add(buffer);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (position == current.length && !fill()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    @SuppressWarnings("ReferenceEquality") // the two marks are told from data by identity
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        request.fetch(1);
        Buffer next = take();
        if (next == BROKEN) {
            throw new IOException("the request broke off before its end");
        }
        ended = next == END;
        current = next.getBytes();
        position = 0;
        return !ended;
    }

    private Buffer take() throws IOException {
        try {
            return arrived.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a request");
        }
    }

    @Override
    public void close() {
        closed = true;
        LeftoverBody.drop(vertx, request);
    }
}
