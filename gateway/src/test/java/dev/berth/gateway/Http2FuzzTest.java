package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any names and values at all in the head of an HTTP/2 request: what would be written to the service in HTTP/1.1 keeps
 * {@link IdentityInvariants}. Written as in {@code http2.table}; {@code {get}} stands for a native call of Alice.
 */
class Http2FuzzTest {
    private static final String ALICE =
            "x-wx-env: " + TestDirectory.ENV + " & x-wx-service: demo & x-berth-session: secret-of-alice";
    private static final int LONGEST_BODY = 1_000;

    static Stream<byte[]> heads() {
        return Http2Table.rows().stream()
                .filter(row ->
                        row.frames().matches("(head|open) .*") && !row.frames().contains("×"))
                .map(row -> row.frames().split(" ", 2)[1].split(" > ", 2)[0])
                .map(head -> head.getBytes(ISO_8859_1));
    }

    @Tag("CH-60")
    @Tag("CH-79")
    @Tag("CH-141")
    @DictionaryEntries({
        "{get}",
        "{post}",
        " & ",
        ": ",
        "\\r\\n",
        ":authority: ",
        "host: ",
        "x-wx-openid: o-mallory",
        "content-length: ",
        "connection: "
    })
    @MethodSource("heads")
    @FuzzTest(maxDuration = "4s")
    void noHeadForgesAnIdentity(byte[] input) {
        String text = Http2Table.expand(new String(input, ISO_8859_1)).replace("{identity}", ALICE);
        List<String> written;
        try {
            written = Http2Table.headers(text);
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOfTheTable) {
            return;
        }
        decode(written).ifPresent(headers -> {
            if (!StrictStreams.isMalformed(headers)) {
                check(headers, text.length() % 2 == 0);
            }
        });
    }

    /** As Netty does it, with what it refuses. */
    private static Optional<Http2Headers> decode(List<String> headers) {
        try {
            Http2Headers decoded = new DefaultHttp2HeadersDecoder(true)
                    .decodeHeaders(1, Unpooled.wrappedBuffer(Http2Caller.block(headers.toArray(String[]::new))));
            List<CharSequence> lengths = decoded.getAll("content-length");
            if (!lengths.isEmpty()) {
                decoded.setLong("content-length", HttpUtil.normalizeAndGetContentLength(lengths, false, true));
            }
            return Optional.of(decoded);
        } catch (Http2Exception | IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private static void check(Http2Headers headers, boolean body) {
        CharSequence authority = headers.getAndRemove(":authority");
        CharSequence host = authority == null ? headers.getAndRemove("host") : authority;
        CharSequence method = headers.getAndRemove(":method");
        CharSequence path = headers.getAndRemove(":path");
        CharSequence scheme = headers.getAndRemove(":scheme");
        Optional<HostAndPort> named = parse(host);
        if (method == null || path == null || scheme == null || (host != null && named.isEmpty())) {
            return; // Vert.x resets the stream
        }
        MultiMap rest = MultiMap.caseInsensitiveMultiMap();
        headers.forEach(
                header -> rest.add(header.getKey().toString(), header.getValue().toString()));
        if (!parse(rest.get("host")).equals(named) && rest.contains("host")) {
            return; // likewise
        }
        DecodedRequest call = new DecodedRequest("HTTP/2.0", method.toString(), path.toString(), rest, "", true, false);
        Function<DecodedRequest, InboundHead> reader = decoded -> Http2Request.read(decoded.toVertx(named), body);
        InboundHead head = reader.apply(call);
        if (head.framing().fault().isEmpty() && head.framing().contentLength() <= LONGEST_BODY) {
            ForwardedBytes.check(call.withBody(bodyOf(head)), reader);
        }
    }

    private static Optional<HostAndPort> parse(@Nullable CharSequence host) {
        return Optional.ofNullable(host).map(text -> HostAndPort.parseAuthority(text.toString(), -1));
    }

    private static String bodyOf(InboundHead head) {
        return head.framing().chunked()
                ? "hello"
                : "a".repeat((int) Math.max(0, head.framing().contentLength()));
    }
}
