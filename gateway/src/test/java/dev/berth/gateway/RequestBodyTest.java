package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.Limits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The caller's body on its way to the service. */
class RequestBodyTest {
    private static final String TOO_LARGE = "-606001 请求包大小超过 100KB";
    private static final int TEXT = (int) Limits.TEXT_REQUEST;
    private static final int BINARY = (int) Limits.BINARY_REQUEST;

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask post() {
        return gateway.ask("POST", "/");
    }

    @Test
    @Tag("CH-113")
    @Tag("CH-21")
    void everyByteArrivesUnchanged() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        gateway.call(post().body("application/octet-stream", all));
        RawService.Received received = gateway.service().next();
        assertThat(received.body()).isEqualTo(all);
        assertThat(received.head().one("content-length")).contains("256");
        assertThat(received.head().one("content-type")).contains("application/octet-stream");
        assertThat(received.head().one("transfer-encoding")).isEmpty();
    }

    @Test
    @Tag("CH-113")
    @Tag("CH-33")
    void twentyMebibytesArriveUnchanged() throws Exception {
        byte[] body = Bodies.random(BINARY);
        assertThat(gateway.call(post().body("application/octet-stream", body)).text())
                .isEqualTo("ok");
        assertThat(gateway.service().next().body()).isEqualTo(body);
    }

    @Test
    @Tag("CH-113")
    void aChunkedBodyStaysChunked() throws Exception {
        assertThat(gateway.call(post().line("Transfer-Encoding: chunked")
                                .bytes("3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: t\r\n\r\n"))
                        .text())
                .isEqualTo("ok");
        RawService.Received received = gateway.service().next();
        assertThat(received.text()).isEqualTo("abcde");
        assertThat(received.head().one("transfer-encoding")).contains("chunked");
        assertThat(received.head().one("content-length")).isEmpty();
    }

    @Test
    @Tag("CH-22")
    @Tag("CH-113")
    void aRequestWithoutBodyGetsNone() throws Exception {
        gateway.call(gateway.ask("GET", "/"));
        RawHead get = gateway.service().next().head();
        assertThat(get.one("content-length")).isEmpty();
        assertThat(get.one("transfer-encoding")).isEmpty();
        gateway.call(post().with("Content-Length", "0"));
        assertThat(gateway.service().next().head().one("content-length")).contains("0");
        gateway.call(post().body("application/json", "{}".getBytes(ISO_8859_1)));
        assertThat(gateway.service().next().text()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS", "HEAD", "PUT", "TRACE"})
    @Tag("CH-113")
    void aBodyPassesWithAnyMethod(String method) throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send(gateway.ask(method, "/")
                    .body("text/plain", "hello".getBytes(ISO_8859_1))
                    .toBytes());
            assertThat(gateway.service().next().text()).isEqualTo("hello");
            assertThat(client.readHead().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON; charset=utf-8",
                "application/json;charset=utf-8",
                "application/x-www-form-urlencoded",
                "text/plain",
                "text/html; charset=gbk",
                "Text/x",
            })
    @Tag("CH-80")
    @Tag("CH-32")
    @Tag("CH-39")
    void textMayHave100KiBAndNotOneByteMore(String type) throws Exception {
        assertThat(gateway.call(post().body(type, new byte[TEXT])).text()).isEqualTo("ok");
        assertThat(gateway.service().next().body()).hasSize(TEXT);
        RawClient.Answer refused = gateway.call(post().body(type, new byte[TEXT + 1]));
        assertThat(refused.outcome()).isEqualTo(TOO_LARGE);
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/octet-stream", "image/png", "application/xml", "multipart/form-data; boundary=x", ""
            })
    @Tag("CH-80")
    @Tag("CH-33")
    @Tag("CH-39")
    void anythingElseIsBinary(String type) throws Exception {
        assertThat(gateway.call(post().body(type, new byte[TEXT + 1])).text()).isEqualTo("ok");
        assertThat(gateway.call(post().with("Content-Type", type).with("Content-Length", "" + (BINARY + 1)))
                        .outcome())
                .isEqualTo(TOO_LARGE);
    }

    @Test
    @Tag("CH-80")
    @Tag("CH-39")
    void aDeclaredExcessIsRefusedBeforeTheBodyIsSentAndWithoutAnInstance() throws Exception {
        Ask ask = post().with("Content-Type", "text/plain").with("Content-Length", "102401");
        assertThat(gateway.call(ask).outcome()).isEqualTo(TOO_LARGE);
        assertThat(gateway.activator.asked()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 102400, ok",
        "text/plain, 102401, -606001",
        "image/png, 20971520, ok",
        "image/png, 20971521, -606001"
    })
    @Tag("CH-80")
    @Tag("CH-39")
    void anUndeclaredExcessIsRefusedAsSoonAsItPassesTheLimit(String type, int length, String expected)
            throws Exception {
        Ask ask = post().with("Content-Type", type).line("Transfer-Encoding: chunked");
        try (RawClient client = gateway.connect()) {
            client.send(ask.toBytes());
            client.send(Bodies.chunkOfLetters(length / 2)).send(Bodies.chunkOfLetters(length - length / 2));
            if (expected.equals("ok")) {
                client.send("0\r\n\r\n");
                assertThat(client.read().text()).isEqualTo("ok");
            } else {
                assertThat(client.read().outcome()).isEqualTo(TOO_LARGE); // and the body has not even ended
            }
        }
    }

    @Test
    @Tag("CH-39")
    void nothingOfABodyReachesAServiceBeforeItIsChosen() throws Exception {
        gateway.activator.sleep();
        try (RawClient client = gateway.connect()) {
            client.send(post().body("text/plain", "hello".getBytes(ISO_8859_1)).toBytes());
            LeaseReceiver waiting = gateway.activator.nextWaiting();
            assertThat(gateway.service().gotNothing()).isTrue();
            gateway.activator.started(waiting);
            assertThat(client.read().text()).isEqualTo("ok");
            assertThat(gateway.service().next().text()).isEqualTo("hello");
        }
    }
}
