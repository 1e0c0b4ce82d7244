package dev.berth.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what Vert.x puts right by itself before anybody can see it: it trims methods, throws at those that are none,
 * takes the first of several hosts, takes the host for an authority that is none, and forgets the scheme. Such a request
 * is malformed, and its stream is reset (CH-79; RFC 9113, sections 8.1.1 and 8.3.1).
 */
final class StrictStreams extends Http2FrameListenerDecorator {
    private StrictStreams(Http2FrameListener vertx) {
        super(vertx);
    }

    /** To be called before the first frame: with the first, which holds settings, Vert.x begins to listen. */
    static void watch(Http2ConnectionDecoder decoder) {
        decoder.frameListener(new Http2FrameListenerDecorator(decoder.frameListener()) {
            @Override
            public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
                super.onSettingsRead(context, settings);
                decoder.frameListener(new StrictStreams(decoder.frameListener()));
            }
        });
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end)
            throws Http2Exception {
        if (isMalformed(headers)) {
            throw Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, "malformed request");
        }
        super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, end);
    }

    /** Trailers have none of these. */
    static boolean isMalformed(Http2Headers headers) {
        return isNoToken(headers.method())
                || isNoScheme(headers.scheme())
                || isNoAuthority(headers.authority())
                || headers.getAll(HttpHeaderNames.HOST).size() > 1;
    }

    private static boolean isNoToken(@Nullable CharSequence method) {
        if (method == null) {
            return false;
        }
        for (int i = 0; i < method.length(); i++) {
            if (!Http2Request.isOfToken(method.charAt(i))) {
                return true;
            }
        }
        return method.isEmpty();
    }

    private static boolean isNoScheme(@Nullable CharSequence scheme) {
        return scheme != null
                && CharSequence.compare(scheme, "http") != 0
                && CharSequence.compare(scheme, "https") != 0;
    }

    private static boolean isNoAuthority(@Nullable CharSequence authority) {
        if (authority == null) {
            return false;
        }
        for (int i = 0; i < authority.length(); i++) {
            if (!Framing.isOfHost(authority.charAt(i))) {
                return true;
            }
        }
        return authority.isEmpty();
    }
}
