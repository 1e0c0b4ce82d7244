package dev.berth.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/** Reads HTTP/1 requests, puts nothing right by itself, and tells the watch how far it is. */
final class StrictDecoder extends VertxHttpRequestDecoder {
    private final ConnectionWatch watch;

    StrictDecoder(HttpServerOptions options, ConnectionWatch watch) {
        super(options);
        this.watch = watch;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        int before = out.size();
        super.decode(context, in, out);
        if (out.size() == before) {
            watch.bytesArrived();
        }
        for (int i = before; i < out.size(); i++) {
            Object part = out.get(i);
            if (part instanceof HttpRequest request) {
                dropUpgradeToHttp2(request.headers());
                watch.headArrived();
            }
            if (part instanceof LastHttpContent) {
                watch.requestArrived();
            }
        }
    }

    /** CH-141: HTTP/2 is spoken by prior knowledge only; whoever asks to upgrade is answered in HTTP/1.1. */
    private static void dropUpgradeToHttp2(HttpHeaders headers) {
        if (headers.containsValue(HttpHeaderNames.UPGRADE, "h2c", true)) {
            headers.remove(HttpHeaderNames.UPGRADE);
        }
    }

    /** Netty drops Content-Length silently here. RFC 9112, section 6.3: "ought to be handled as an error". CH-79. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length (expected: one of them)");
    }
}
