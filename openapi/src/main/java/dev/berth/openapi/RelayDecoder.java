package dev.berth.openapi;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Refuses what Netty and Vert.x put right by themselves and nobody behind them can see (RFC 9112, sections 6.3 and 11.2),
 * and knows since when a head is on its way in. What passes is framed anew, so no more is needed here.
 */
final class RelayDecoder extends VertxHttpRequestDecoder {
    private static final int NINTH = 8;

    private boolean withinRequest;
    private long headSince;

    RelayDecoder(HttpServerOptions options) {
        super(options);
    }

    /** {@link System#nanoTime} of the first byte of a head that is not complete; 0 without such. On the event loop. */
    long headSince() {
        return headSince;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (!withinRequest && headSince == 0 && in.isReadable()) {
            headSince = System.nanoTime();
        }
        int known = out.size();
        super.decode(context, in, out);
        for (Object part : out.subList(known, out.size())) {
            if (part instanceof HttpRequest) {
                withinRequest = true;
                headSince = 0;
            }
            if (part instanceof LastHttpContent) {
                withinRequest = false;
            }
        }
    }

    /** Vert.x 5.0 does not look at the ninth letter before it takes a name for Content-Length or Content-Type. */
    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        AsciiString name = super.splitHeaderName(line, start, length);
        return length > NINTH && name.byteAt(NINTH) != line[start + NINTH]
                ? new AsciiString(line, start, length, true)
                : name;
    }

    /** Netty drops Content-Length silently here. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length (expected: one of them)");
    }
}
