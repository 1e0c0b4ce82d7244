package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
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
    @FuzzTest(maxDuration = "5s")
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
            ForwardedBytes.check(call, next -> InboundHead.read(next.toVertx()));
        }
    }
}
