package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as the gateway's own decoder hands it on.
 *
 * @param complete whether its body came to its end
 * @param refused whether the decoder found a fault in it, after which it reads nothing more
 */
record DecodedRequest(
        String version,
        String method,
        String target,
        MultiMap headers,
        String body,
        boolean complete,
        boolean refused) {

    private static final StrictDecoder.Progress UNWATCHED = new StrictDecoder.Progress() {
        @Override
        public void bytesArrived() {}

        @Override
        public void headArrived() {}

        @Override
        public void requestArrived() {}
    };

    /** All requests in the bytes of a connection that arrive in pieces of a size. */
    static List<DecodedRequest> readAll(byte[] bytes, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new StrictDecoder(
                new HttpServerOptions().setMaxInitialLineLength(16 * 1024).setMaxHeaderSize(32 * 1024), UNWATCHED));
        try {
            for (int at = 0; at < bytes.length; at += piece) {
                channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
            }
            return collect(channel);
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static List<DecodedRequest> collect(EmbeddedChannel channel) {
        List<DecodedRequest> all = new ArrayList<>();
        for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
            if (part instanceof HttpRequest head) {
                all.add(new DecodedRequest(
                        head.protocolVersion().text(),
                        head.method().name(),
                        head.uri(),
                        headersOf(head),
                        "",
                        false,
                        head.decoderResult().isFailure()));
            }
            if (part instanceof HttpContent content) {
                all.add(all.removeLast()
                        .with(
                                content.content().toString(ISO_8859_1),
                                part instanceof LastHttpContent,
                                content.decoderResult().isFailure()));
            }
            ReferenceCountUtil.release(part);
        }
        return all;
    }

    private static MultiMap headersOf(HttpRequest head) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        head.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
        return headers;
    }

    private DecodedRequest with(String more, boolean last, boolean fault) {
        return new DecodedRequest(version, method, target, headers, body + more, last && !fault, refused || fault);
    }

    DecodedRequest withBody(String whole) {
        return new DecodedRequest(version, method, target, headers, whole, complete, refused);
    }

    /** With this value in the place of all others of that name. */
    DecodedRequest withHeader(String name, String value) {
        MultiMap changed = MultiMap.caseInsensitiveMultiMap().addAll(headers).set(name, value);
        return new DecodedRequest(version, method, target, changed, body, complete, refused);
    }

    /** As much of Vert.x's request as {@link InboundHead} looks at. */
    HttpServerRequest toVertx() {
        return toVertx(Optional.empty());
    }

    /** @param authority as HTTP/2 has it */
    HttpServerRequest toVertx(Optional<HostAndPort> authority) {
        return (HttpServerRequest) Proxy.newProxyInstance(
                DecodedRequest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "version" ->
                        switch (version) {
                            case "HTTP/1.0" -> HttpVersion.HTTP_1_0;
                            case "HTTP/2.0" -> HttpVersion.HTTP_2;
                            default -> HttpVersion.HTTP_1_1;
                        };
                    case "authority" -> authority.orElse(null);
                    case "method" -> HttpMethod.valueOf(method);
                    case "uri" -> target;
                    case "headers" -> headers;
                    default -> throw new UnsupportedOperationException(called.getName());
                });
    }

    /** To be compared: header maps have no equality of their own. */
    @Override
    public String toString() {
        return "%s %s %s %s %s%s%s"
                .formatted(
                        method,
                        target,
                        version,
                        headers.entries(),
                        body,
                        complete ? " complete" : "",
                        refused ? " refused" : "");
    }
}
