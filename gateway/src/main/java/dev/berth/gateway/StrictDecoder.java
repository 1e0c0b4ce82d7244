package dev.berth.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Refuses what Netty and Vert.x put right by themselves: whoever stands in front of Berth may have put it right in
 * another way, and would see other requests on the same connection (CH-79; RFC 9112, sections 2.2, 3, 5.1, 5.2, 6.3,
 * 7.1 and 11.2). Nothing of a connection is read after a refusal. Tells how far a connection is.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
    /** Told how far a connection is, on its event loop. */
    interface Progress {
        /** Some, of a request that is not complete. */
        void bytesArrived();

        void headArrived();

        void requestArrived();
    }

    private enum Part {
        HEAD,
        CHUNKS,
        BODY
    }

    private final Progress progress;
    private final HeadLines head = new HeadLines();
    private final ChunkLines chunks = new ChunkLines();
    private Part part = Part.HEAD;
    private int wordEnd;
    private boolean refused;

    StrictDecoder(HttpServerOptions options, Progress progress) {
        super(options);
        this.progress = progress;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (part == Part.HEAD) {
            head.read(in);
        } else if (part == Part.CHUNKS) {
            chunks.read(in);
            if (chunks.fault().isPresent()) {
                refuseBody(chunks.fault().get(), out);
            }
        }
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int start = in.readerIndex();
        int known = out.size();
        super.decode(context, in, out);
        int consumed = in.readerIndex() - start;
        head.consumed(consumed);
        chunks.consumed(consumed);
        if (out.size() > known) {
            follow(out, known);
            tell(out, known);
        } else {
            progress.bytesArrived();
        }
    }

    private void tell(List<Object> out, int known) {
        for (Object part : out.subList(known, out.size())) {
            if (part instanceof HttpRequest request) {
                dropUpgradeToHttp2(request.headers());
                progress.headArrived();
            }
            if (part instanceof LastHttpContent) {
                progress.requestArrived();
            }
        }
    }

    /** CH-141: HTTP/2 is spoken by prior knowledge only; whoever asks to upgrade is answered in HTTP/1.1. */
    private static void dropUpgradeToHttp2(HttpHeaders headers) {
        if (headers.containsValue(HttpHeaderNames.UPGRADE, "h2c", true)) {
            headers.remove(HttpHeaderNames.UPGRADE);
        }
    }

    private void refuseBody(String fault, List<Object> out) {
        if (!refused) {
            refused = true;
            LastHttpContent end = new DefaultLastHttpContent();
            end.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(fault)));
            out.add(end);
        }
    }

    /** Decides what comes after that which was just read. */
    private void follow(List<Object> out, int known) {
        boolean whole = out.getLast() instanceof LastHttpContent;
        if (out.get(known) instanceof HttpMessage message) {
            if (head.fault().isPresent() && message.decoderResult().isSuccess()) {
                message.setDecoderResult(DecoderResult.failure(
                        new IllegalArgumentException(head.fault().get())));
            }
            refused = message.decoderResult().isFailure();
            part = !whole && HttpUtil.isTransferEncodingChunked(message) ? Part.CHUNKS : Part.BODY;
            head.restart();
            chunks.restart();
        }
        if (whole) {
            part = Part.HEAD;
            refused |= out.getLast() instanceof HttpObject last
                    && last.decoderResult().isFailure();
        }
    }

    // --- request line: Netty takes tabs, form feeds, bare CRs and any number of them for a space ---------------------

    /** Netty trims control characters off the method. */
    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        wordEnd = start + length;
        if (length > 0 && line[wordEnd - 1] < ' ') {
            throw new IllegalArgumentException("the method ends in 0x%02x".formatted(line[wordEnd - 1]));
        }
        return super.splitFirstWordInitialLine(line, start, length);
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        requireOneSpaceBefore(line, start);
        wordEnd = start + length;
        return super.splitSecondWordInitialLine(line, start, length);
    }

    /** Netty reads {@code http/1.1} and {@code HTTP/1.9} as well, without any rule of HTTP/1.1 for what follows. */
    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        requireOneSpaceBefore(line, start);
        String version = super.splitThirdWordInitialLine(line, start, length);
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw new IllegalArgumentException("version: " + version + " (expected: HTTP/1.1 or HTTP/1.0)");
        }
        return version;
    }

    private void requireOneSpaceBefore(byte[] line, int start) {
        if (start != wordEnd + 1 || line[wordEnd] != ' ') {
            throw new IllegalArgumentException("the request line is not three words with one space between them");
        }
    }

    // --- headers -----------------------------------------------------------------------------------------------------

    /**
     * Vert.x 5.0 does not look at the ninth letter before it takes a name for Content-Length or Content-Type. Netty
     * gives a request with both keys of a WebSocket draft of 2010 a body of eight bytes that no length announces.
     */
    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        AsciiString name = super.splitHeaderName(line, start, length);
        if (length > 8 && name.byteAt(8) != line[start + 8]) {
            return new AsciiString(line, start, length, true);
        }
        if (length == 18 && name.regionMatches(true, 0, "sec-websocket-key", 0, 17)) {
            throw new IllegalArgumentException(name + " (expected: Sec-WebSocket-Key, RFC 6455)");
        }
        return name;
    }

    /** Netty drops Content-Length silently here. RFC 9112, section 6.3: "ought to be handled as an error". CH-79. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length (expected: one of them)");
    }
}
