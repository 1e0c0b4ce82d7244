package dev.berth.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** What the gateway needs of a caller's connection and Vert.x does not offer: some grips into Netty's pipeline. */
final class ServerPipeline {
    private static final String FIRST_OF_VERTX = "idle"; // what Vert.x adds for HTTP, it adds before this one
    private static final String DECODER = "httpDecoder"; // Vert.x's name for it

    private ServerPipeline() {}

    /**
     * Makes a connection that has just received its first bytes refuse what Netty would put right by itself. Vert.x
     * decides by these bytes whether it speaks HTTP/1.1, and adds its decoder when it has decided.
     */
    static void makeStrict(ChannelPipeline pipeline, HttpServerOptions options, ConnectionWatch watch) {
        pipeline.addBefore(FIRST_OF_VERTX, "strict", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object bytes) {
                ChannelPipeline decided = context.pipeline();
                if (decided.get(DECODER) != null) {
                    decided.replace(DECODER, DECODER, new StrictDecoder(options, watch));
                } else {
                    Http2ConnectionHandler http2 = decided.get(Http2ConnectionHandler.class);
                    limitStreams(http2, options);
                    StrictStreams.watch(http2.decoder());
                    watch.speaksHttp2(http2.connection());
                }
                context.fireChannelRead(bytes);
                decided.remove(this);
            }
        });
    }

    /** Netty keeps the limit only once the caller has acknowledged it, which an unfriendly one would not do. */
    private static void limitStreams(Http2ConnectionHandler http2, HttpServerOptions options) {
        http2.connection().remote().maxActiveStreams((int)
                options.getInitialSettings().getMaxConcurrentStreams());
    }

    /** The next close sends a reset, for a reader to whom a plain close would mean a complete body (HTTP/1.0). */
    static void resetWhenClosed(HttpConnection connection) {
        pipeline(connection).channel().config().setOption(ChannelOption.SO_LINGER, 0);
    }

    /** Sends what was written, although the connection may be closed before the end of the present read. */
    static void flush(HttpConnection connection) {
        pipeline(connection).flush();
    }

    /** Whether the head of this HTTP/2 request was not its end. */
    static boolean hasBody(HttpServerRequest request) {
        Http2ConnectionHandler handler = pipeline(request.connection()).get(Http2ConnectionHandler.class);
        Http2Stream stream = handler.connection().stream(request.streamId());
        return stream != null && stream.state().remoteSideOpen();
    }

    private static ChannelPipeline pipeline(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext().pipeline();
    }
}
