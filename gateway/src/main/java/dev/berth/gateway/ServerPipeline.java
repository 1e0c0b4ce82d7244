package dev.berth.gateway;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xServerConnection;

/** What the gateway needs of a caller's connection and Vert.x does not offer: some grips into Netty's pipeline. */
final class ServerPipeline {
    private static final String DECODER = "httpDecoder"; // Vert.x's name for it

    private ServerPipeline() {}

    /** Makes a new connection refuse what Netty would put right by itself. */
    static void makeStrict(HttpConnection connection, HttpServerOptions options) {
        ChannelPipeline pipeline = pipeline(connection);
        pipeline.replace(DECODER, DECODER, new StrictDecoder(options));
    }

    /** The next close sends a reset, for a reader to whom a plain close would mean a complete body (HTTP/1.0). */
    static void resetWhenClosed(HttpConnection connection) {
        pipeline(connection).channel().config().setOption(ChannelOption.SO_LINGER, 0);
    }

    /** Sends what was written, although the connection may be closed before the end of the present read. */
    static void flush(HttpConnection connection) {
        pipeline(connection).flush();
    }

    private static ChannelPipeline pipeline(HttpConnection connection) {
        return ((Http1xServerConnection) connection).channelHandlerContext().pipeline();
    }
}
