package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two readers could understand differently. */
class FramingTest {
    /** Would reach the service if the gateway took what follows a refused request for another one. */
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask post() {
        return gateway.ask("POST", "/");
    }

    static Stream<String> badLines() {
        return Stream.of(
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\ncontent-length: 5",
                "Content-Length: 5, 5",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 5a",
                "Content-Length: 0x5",
                "Content-Length: five",
                "Content-Length: 5.0",
                "Content-Length: 5 5",
                "Content-Length:",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding:",
                "Transfer-Encoding:\u000bchunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip\r\nContent-Length: 5",
                "Transfer-Encoding : chunked",
                "Content-Length : 5",
                "Content-Length\t: 5",
                "Host: other.test",
                "X-WX-SERVICE: demo",
                "x-wx-service: other",
                "X-WX-ENV: prod-01",
                "X-Berth-Session: again",
                "X-Custom : spaced",
                "X-Folded: one\r\n two",
                "X-Nul: a\u0000b",
                "X-Bare: a\rb",
                "X\u0001: a",
                "X(Y): a",
                "X Y: a",
                ": no name",
                "no colon");
    }

    @ParameterizedTest
    @MethodSource("badLines")
    @Tag("CH-79")
    void aHeaderThatMakesTheMessageDoubtfulIsRefusedAndEndsTheConnection(String lines) throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send(post().line(lines)
                    .bytes("5\r\nhello\r\n0\r\n\r\n" + SMUGGLED)
                    .toBytes());
            assertThat(client.read().outcome()).isEqualTo("40097 system error");
            assertThat(client.isClosedByPeer()).isTrue();
        }
        assertThat(gateway.activator.asked()).isZero();
    }

    @ParameterizedTest
    @MethodSource("badLines")
    @Tag("CH-111")
    void onTheWayToNoServiceTheSameIsABadRequest(String lines) throws Exception {
        Ask ask = new Ask("POST /__berth__/sessions HTTP/1.1").line("Host: gateway.test");
        if (lines.toLowerCase(Locale.ROOT).contains("x-wx-") || lines.contains("Session")) {
            return; // makes the request a native one
        }
        try (RawClient client = gateway.connect()) {
            client.send(ask.line(lines).bytes(SMUGGLED).toBytes());
            assertThat(client.read().outcome()).isEqualTo("400 BAD_REQUEST");
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    @Tag("CH-79")
    void aRequestNeedsAHost() throws Exception {
        assertThat(gateway.call(post().without("Host")).outcome()).isEqualTo("40097 system error");
        assertThat(gateway.call(post().with("Host", "")).outcome()).isEqualTo("40097 system error");
    }

    @Test
    @Tag("CH-79")
    void aHeadThatIsTooLongIsRefused() throws Exception {
        Ask ask = post().line("X-Long: " + "a".repeat(40 * 1024));
        assertThat(gateway.call(ask).outcome()).isEqualTo("40097 system error");
    }

    @Test
    @Tag("CH-79")
    void tooManySmallHeadersAreRefused() throws Exception {
        Ask ask = post();
        for (int i = 0; i < 4000; i++) {
            ask.line("X-" + i + ": aaaa");
        }
        assertThat(gateway.call(ask).outcome()).isEqualTo("40097 system error");
    }

    @Test
    @Tag("CH-111")
    void aRequestLineThatIsTooLongIsABadRequest() throws Exception {
        assertThat(gateway.call(gateway.ask("GET", "/" + "a".repeat(20 * 1024))).outcome())
                .isEqualTo("400 BAD_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /", "GET / HTTP/x.1", "G\u0000T / HTTP/1.1", "\u0016\u0003\u0001\u0002\u0000"})
    @Tag("CH-111")
    void aRequestLineThatIsNoneIsABadRequest(String line) throws Exception {
        assertThat(gateway.call(gateway.askLine(line)).outcome()).isEqualTo("400 BAD_REQUEST");
    }

    @Test
    @Tag("CH-79")
    void aFoldCannotHideATransferCoding() throws Exception {
        Ask ask = post().line("Transfer-Encoding:\r\n chunked").bytes("0\r\n\r\n");
        assertThat(gateway.call(ask).outcome()).isEqualTo("40097 system error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n", "5\r\nhelloXX0\r\n\r\n"})
    @Tag("CH-79")
    void aBrokenChunkNeverCompletesARequest(String chunks) throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send(post().line("Transfer-Encoding: chunked").bytes(chunks).toBytes());
            assertThat(client.read().outcome()).isEqualTo("40097 system error");
            assertThat(client.isClosedByPeer()).isTrue();
        }
        assertThat(gateway.recorded().outcome()).isEqualTo("40097");
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @Test
    @Tag("CH-79")
    void http10KnowsNoTransferCoding() throws Exception {
        Ask ask = gateway.askLine("POST / HTTP/1.0")
                .line("Transfer-Encoding: chunked")
                .bytes("0\r\n\r\n");
        assertThat(gateway.call(ask).outcome()).isEqualTo("40097 system error");
    }

    @Test
    @Tag("CH-79")
    void http10WithTwoFramingsIsRefusedToo() throws Exception {
        Ask ask = gateway.askLine("POST / HTTP/1.0").line("Transfer-Encoding: chunked\r\nContent-Length: 5");
        assertThat(gateway.call(ask.bytes("0\r\n\r\n")).outcome()).isEqualTo("40097 system error");
    }
}
