package dev.berth.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Stands in front of everything on one connection to an instance and remembers, for the case that a call ends before its
 * time, what had passed. Lives on one event loop.
 */
final class ServiceConnection extends ChannelDuplexHandler {
    private static final String CODEC = "codec"; // Vert.x's name for it

    private int requests;
    private Passage present = new Passage(false);

    static void watch(HttpConnection connection) {
        ServiceConnection watch = new ServiceConnection();
        ChannelPipeline pipeline = pipeline(connection);
        pipeline.addFirst("watch", watch);
        pipeline.addAfter(CODEC, "answers", new ServiceAnswers());
        pipeline.addAfter(CODEC, "ends", watch.new Ends());
    }

    /** To be called before a request is written. */
    static Passage begin(HttpConnection connection) {
        ServiceConnection watch = pipeline(connection).get(ServiceConnection.class);
        watch.present = new Passage(watch.requests++ > 0);
        return watch.present;
    }

    private static ChannelPipeline pipeline(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().pipeline();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which the writer has
    public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
        if (context.channel().isActive()) {
            present.noteWritten();
        }
        context.write(bytes, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        present.noteAnswered();
        context.fireChannelRead(bytes);
    }

    /** In front of the codec, where the end of a request can still be told from its other parts. */
    private final class Ends extends ChannelOutboundHandlerAdapter {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // likewise
        public void write(ChannelHandlerContext context, Object part, ChannelPromise promise) {
            if (part instanceof LastHttpContent) {
                present.noteEnded();
            }
            context.write(part, promise);
        }
    }
}
