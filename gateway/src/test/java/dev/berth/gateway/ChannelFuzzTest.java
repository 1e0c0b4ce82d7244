package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes at all: what the gateway's decoder accepts is what a strict reader of RFC 9112 finds in them, however they
 * arrive, and what would be written to the service keeps {@link IdentityInvariants}. {@code {alice}} in the bytes stands
 * for the lines of a native call, of which the fuzzer could not guess the names.
 */
class ChannelFuzzTest {
    private static final String ALICE_LINES = "Host: gateway.test\r\nX-WX-ENV: " + TestDirectory.ENV
            + "\r\nX-WX-SERVICE: demo\r\nX-Berth-Session: secret-of-alice\r\n";
    private static final Identity ALICE =
            new Identity(GatewayFixture.ALICE, false, Optional.of(new App(TestDirectory.OWNER, AppKind.MINI_PROGRAM)));

    static Stream<byte[]> rows() {
        return RequestTable.rows().stream()
                .map(row -> row.bytes("{identity}").replace("Host: gateway.test\r\n{identity}", "{alice}"))
                .filter(bytes -> bytes.length() < 4_096)
                .map(bytes -> bytes.getBytes(ISO_8859_1));
    }

    @Tag("CH-60")
    @Tag("CH-79")
    @DictionaryEntries({
        "{alice}",
        "GET /row HTTP/1.1",
        "Content-Length: ",
        "Transfer-Encoding: chunked",
        "X-WX-OPENID: o-mallory",
        "X_WX_",
        "Connection: ",
        "X-Forwarded-For: ",
        "Expect: "
    })
    @MethodSource("rows")
    @FuzzTest(maxDuration = "6s")
    void noBytesForgeAnIdentityOrHideARequest(byte[] input) {
        String bytes = new String(input, ISO_8859_1).replace("{alice}", ALICE_LINES);
        byte[] sent = bytes.getBytes(ISO_8859_1);
        List<DecodedRequest> decoded = DecodedRequest.readAll(sent, Math.max(1, sent.length));
        assertThat(DecodedRequest.readAll(sent, 1 + sent.length % 7).toString())
                .as("read piece by piece")
                .isEqualTo(decoded.toString());

        List<WireReader.Found> strict = WireReader.STRICT.readUpToFault(bytes);
        for (int i = 0; i < decoded.size(); i++) {
            DecodedRequest call = decoded.get(i);
            InboundHead head = InboundHead.read(call.toVertx());
            if (call.refused() || !call.complete() || head.framing().fault().isPresent()) {
                return; // the connection ends, or waits for more
            }
            assertThat(strict).as("requests found by a strict reader").hasSizeGreaterThan(i);
            SeenRequest same = strict.get(i).request();
            assertThat(List.of(call.method(), call.target(), call.body()))
                    .as("request %d of %s", i, bytes)
                    .isEqualTo(List.of(same.method(), same.target(), same.body()));
            if (wouldBeForwarded(call, head)) {
                checkForwarded(call, head);
            }
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

    private static void checkForwarded(DecodedRequest call, InboundHead head) {
        String written = write(call, head);
        assertThat(written.substring(0, written.indexOf("\r\n\r\n"))).doesNotContain("secret-of-alice");
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
