package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The bytes that a service would get of a call by Alice, and what holds for them. */
final class ForwardedBytes {
    private static final String SESSION = "x-berth-session";

    private static final Identity ALICE = new Identity(
            GatewayFixture.ALICE,
            TestDirectory.OWNER,
            Optional.of(new App(TestDirectory.OWNER, AppKind.MINI_PROGRAM)),
            Optional.empty());

    private ForwardedBytes() {}

    /**
     * A request that would not be forwarded is nobody's danger.
     *
     * @param reader makes a head of its own each time
     */
    static void check(DecodedRequest call, Function<DecodedRequest, InboundHead> reader) {
        InboundHead head = reader.apply(call);
        if (wouldBeForwarded(call, head)) {
            String written = write(call, head);
            checkForwarded(call, head, written);
            checkSessionStays(call, reader, written);
        }
    }

    /** As {@link NativeCall} decides, for a session of Alice. */
    private static boolean wouldBeForwarded(DecodedRequest call, InboundHead head) {
        return head.isNative()
                && AllowedMethods.DOCUMENTED.allow(io.vertx.core.http.HttpMethod.valueOf(call.method()))
                && RequestTarget.fault(call.target()).isEmpty()
                && head.environment().equals(TestDirectory.ENV)
                && head.service().equals("demo");
    }

    private static void checkForwarded(DecodedRequest call, InboundHead head, String written) {
        for (WireReader reader : WireReader.values()) {
            List<WireReader.Found> found = reader.read(written);
            assertThat(found).as("%s in %s", reader, written).hasSize(1);
            assertThat(found.getFirst().request().complete()).isTrue();
            assertThat(found.getFirst().end()).isEqualTo(written.length());
        }
        SeenRequest seen = WireReader.STRICT.read(written).getFirst().request();
        assertThat(seen.body()).isEqualTo(call.body());
        IdentityInvariants.ofAlice().excluding(head.excludedCredentials()).check(seen);
    }

    /** CH-63. The caller may repeat the text of a session elsewhere; so the header is given one that stands nowhere else. */
    private static void checkSessionStays(
            DecodedRequest call, Function<DecodedRequest, InboundHead> reader, String written) {
        if (call.headers().contains(SESSION)) {
            String secret = IntStream.iterate(0, i -> i + 1)
                    .mapToObj(i -> "session-" + i)
                    .filter(text -> !written.contains(text))
                    .findFirst()
                    .orElseThrow();
            DecodedRequest same = call.withHeader(SESSION, secret);
            assertThat(write(same, reader.apply(same))).doesNotContain(secret);
        }
    }

    /** As {@link NativeCall}, {@link Exchange} and {@link RequestBody} do. */
    private static String write(DecodedRequest call, InboundHead head) {
        ALICE.writeTo(head.forwarded(), head, CallIds.callId(head.callId(), 0), call.target(), "127.0.0.1");
        HeadersMultiMap headers = HeadersMultiMap.httpHeaders();
        headers.addAll(head.forwarded());
        headers.set("host", head.host().isEmpty() ? "127.0.0.1" : head.host());
        if (head.framing().chunked()) {
            headers.set("transfer-encoding", "chunked");
        } else if (head.framing().contentLength() >= 0) {
            headers.set("content-length", Long.toString(head.framing().contentLength()));
        }
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestEncoder());
        try {
            channel.writeOutbound(
                    new DefaultHttpRequest(
                            HttpVersion.HTTP_1_1, HttpMethod.valueOf(call.method()), call.target(), headers),
                    new DefaultHttpContent(Unpooled.copiedBuffer(call.body(), ISO_8859_1)),
                    LastHttpContent.EMPTY_LAST_CONTENT);
            StringBuilder written = new StringBuilder();
            for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
                written.append(part.toString(ISO_8859_1));
                part.release();
            }
            return written.toString();
        } finally {
            channel.finishAndReleaseAll();
        }
    }
}
