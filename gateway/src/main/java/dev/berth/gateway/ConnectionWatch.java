package dev.berth.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ShutdownEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of everything on one caller's connection and knows since when a request is on its way in. Asked now and
 * then by {@link Connections}, it ends the connection of a caller who takes too long. Lives on one event loop.
 */
final class ConnectionWatch extends ChannelInboundHandlerAdapter implements StrictDecoder.Progress {
    private final Connections connections;
    private final HttpServerOptions options;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Http2Connection http2;
    private boolean begun;
    private boolean busy;
    private boolean headArrived;
    private boolean counts = true;
    private long since;
    private boolean served;
    private long lastHead;

    ConnectionWatch(Connections connections, HttpServerOptions options) {
        this.connections = connections;
        this.options = options;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        if (!connections.add(this)) {
            added.executor().execute(() -> close(added)); // once it is set up
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        connections.remove(this);
        closed.fireChannelInactive();
    }

    /** The door closes; a connection without a call would not notice. */
    @Override
    public void userEventTriggered(ChannelHandlerContext told, Object event) {
        if (event instanceof ShutdownEvent && !served && counts) {
            close(told);
        } else {
            told.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object bytes) {
        if (!begun) {
            begun = true;
            bytesArrived();
            ServerPipeline.makeStrict(reading.pipeline(), options, this);
        }
        reading.fireChannelRead(bytes);
    }

    @Override
    public void bytesArrived() {
        if (!busy) {
            busy = true;
            since = System.nanoTime();
        }
    }

    @Override
    public void headArrived() {
        lastHead = System.nanoTime();
        since = busy ? since : lastHead;
        busy = true;
        headArrived = true;
        served = true;
    }

    @Override
    public void requestArrived() {
        busy = false;
        headArrived = false;
    }

    /**
     * Its streams are watched one by one, by the deadlines of their calls. While a head is on its way in, no other stream
     * can begin; so it is enough that there is one now and then.
     */
    void speaksHttp2(Http2Connection connection) {
        counts = false;
        http2 = connection;
        since = System.nanoTime();
    }

    void check(long now, DoorLimits limits) {
        if (http2 != null) {
            checkStreams(http2, now, limits);
        }
        if (!counts || !busy || context == null) {
            return;
        }
        if (!context.channel().config().isAutoRead()) {
            since = Math.max(since, headArrived ? since : now); // it is the gateway that does not read
        } else if (headArrived) {
            if (now - since > limits.request().toNanos()) {
                close(context);
            }
        } else if (now - since > limits.head().toNanos()) {
            giveUpHead(context, now - lastHead > limits.call().toNanos());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // likewise
    private void checkStreams(Http2Connection streams, long now, DoorLimits limits) {
        if (streams.numActiveStreams() > 0) {
            since = now;
        } else if (now - since > limits.idle().toNanos() && context != null) {
            http2 = null;
            context.pipeline().close(); // with GOAWAY
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it was open still does not matter
    private static void close(ChannelHandlerContext unwanted) {
        unwanted.close();
    }

    private void giveUpHead(ChannelHandlerContext late, boolean earlierAreAnswered) {
        if (!served) {
            late.writeAndFlush(Unpooled.wrappedBuffer(requestTimeout())).addListener(ChannelFutureListener.CLOSE);
            counts = false;
        } else if (earlierAreAnswered) {
            close(late); // an answer could be taken for that of the call before
        }
    }

    /** CH-111, with the status of RFC 9110, section 15.5.9. */
    private static byte[] requestTimeout() {
        String body = "{\"requestId\":\"" + CallIds.requestId()
                + "\",\"code\":\"BAD_REQUEST\",\"message\":\"the head of the request did not arrive in time\"}";
        return ("HTTP/1.1 408 Request Timeout\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
