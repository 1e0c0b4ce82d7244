package dev.berth.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Stands in front of everything on one connection to an instance and remembers, for the case that it breaks, what had
 * passed. Lives on one event loop.
 */
final class ServiceConnection extends ChannelDuplexHandler {
    private static final String CODEC = "codec"; // Vert.x's name for it

    private int requests;
    private boolean written;
    private boolean answered;

    static void watch(HttpConnection connection) {
        ChannelPipeline pipeline = pipeline(connection);
        pipeline.addFirst("watch", new ServiceConnection());
        pipeline.addAfter(CODEC, "answers", new ServiceAnswers());
    }

    /** To be called before a request is written. */
    static ServiceConnection begin(HttpConnection connection) {
        ServiceConnection watch = pipeline(connection).get(ServiceConnection.class);
        watch.requests++;
        watch.written = false;
        watch.answered = false;
        return watch;
    }

    private static ChannelPipeline pipeline(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().pipeline();
    }

    /** Whether there was a request before the present one. */
    boolean reused() {
        return requests > 1;
    }

    /** Whether anything of the present request may have reached the instance. */
    boolean written() {
        return written;
    }

    /** Whether anything of an answer to the present request has arrived. */
    boolean answered() {
        return answered;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which the writer has
    public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
        written |= context.channel().isActive();
        context.write(bytes, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        answered = true;
        context.fireChannelRead(bytes);
    }
}
