package dev.berth.gateway;

import static dev.berth.gateway.Bodies.CHUNKED;
import static dev.berth.gateway.Bodies.chunk;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service's body on its way to the caller. */
class ResponseBodyTest {
    private static final int LIMIT = (int) Limits.RESPONSE;
    private static final String TOO_LARGE = "-606002 响应包大小超过 1MB";

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask get() {
        return gateway.ask("GET", "/");
    }

    @Test
    @Tag("CH-114")
    @Tag("CH-34")
    void theExactLimitPassesUnchangedWithItsLength() throws Exception {
        byte[] body = Bodies.random(LIMIT);
        gateway.service().answer(Bodies.answerWithLength(body));
        RawClient.Answer answer = gateway.call(get());
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.header("Content-Length")).contains("1024000");
        assertThat(answer.header("Transfer-Encoding")).isEmpty();
        assertThat(gateway.recorded().outcome()).isEqualTo("ok");
    }

    @Test
    @Tag("CH-114")
    @Tag("CH-34")
    void theExactLimitPassesInChunks() throws Exception {
        byte[] body = Bodies.random(LIMIT);
        gateway.service().answer(CHUNKED + chunk(body) + "0\r\n\r\n");
        RawClient.Answer answer = gateway.call(get());
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.header("Content-Length")).isEmpty();
    }

    @Test
    @Tag("CH-114")
    void aBodyThatLastsToTheEndOfTheConnectionPassesInChunks() throws Exception {
        gateway.service().script(request -> {
            request.answer("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end");
            request.socket().close();
        });
        RawClient.Answer answer = gateway.call(get());
        assertThat(answer.text()).isEqualTo("to the end");
        assertThat(answer.header("Transfer-Encoding")).contains("chunked");
    }

    @Test
    @Tag("CH-81")
    @Tag("CH-34")
    void aDeclaredExcessIsASystemError() throws Exception {
        gateway.service().answer("HTTP/1.1 201 Created\r\nX-App: 1\r\nContent-Length: 1024001\r\n\r\n");
        RawClient.Answer answer = gateway.call(get());
        assertThat(answer.outcome()).isEqualTo(TOO_LARGE);
        assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(answer.header("X-App")).isEmpty();
        assertThat(gateway.recorded().outcome()).isEqualTo("-606002");
    }

    @Test
    @Tag("CH-81")
    @Tag("CH-114")
    void anUndeclaredExcessResetsTheAnswerAndIsRecorded() throws Exception {
        gateway.service().answer(CHUNKED + chunk(new byte[LIMIT]) + chunk(new byte[1]) + "0\r\n\r\n");
        assertThatThrownBy(() -> gateway.call(get())).isInstanceOf(IOException.class);
        assertThat(gateway.recorded().outcome()).isEqualTo("-606002");
    }

    @Test
    @Tag("CH-114")
    void anExcessIsAResetForAnHttp10ClientToo() throws Exception {
        gateway.service().answer(CHUNKED + chunk(new byte[LIMIT]) + chunk(new byte[1]) + "0\r\n\r\n");
        assertThatThrownBy(() -> gateway.call(gateway.askLine("GET / HTTP/1.0")))
                .isInstanceOf(IOException.class);
    }

    @Test
    @Tag("CH-81")
    @Tag("CH-114")
    void theLengthThatHeadTellsIsNotCounted() throws Exception {
        gateway.service().answer("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n");
        try (RawClient client = gateway.connect()) {
            client.send(gateway.ask("HEAD", "/").toBytes());
            assertThat(client.readHead().one("Content-Length")).contains("5000000");
            gateway.service().answer(RawService.OK);
            client.send(get().toBytes());
            assertThat(client.read().text()).isEqualTo("ok");
        }
        assertThat(gateway.recorded().outcome()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 5000000\r\n\r\n",
            })
    @Tag("CH-114")
    void anAnswerWithoutBodyIsNotGivenOne(String answer) throws Exception {
        gateway.service().answer(answer);
        try (RawClient client = gateway.connect()) {
            client.send(get().toBytes());
            RawHead head = client.readHead();
            assertThat(head.startLine()).isEqualTo(answer.substring(0, answer.indexOf('\r')));
            assertThat(head.one("Transfer-Encoding")).isEmpty();
            if (head.status() == 204) {
                assertThat(head.one("Content-Length")).isEmpty(); // RFC 9110, section 8.6
            }
            gateway.service().answer(RawService.OK);
            client.send(get().toBytes());
            assertThat(client.read().text()).isEqualTo("ok");
        }
    }

    @Test
    @Tag("CH-114")
    void headOfAChunkedAnswerHasNoBodyEither() throws Exception {
        gateway.service().answer(CHUNKED + "0\r\n\r\n");
        try (RawClient client = gateway.connect()) {
            client.send(gateway.ask("HEAD", "/").toBytes());
            assertThat(client.readHead().status()).isEqualTo(200);
            client.send(gateway.ask("HEAD", "/2").toBytes());
            assertThat(client.readHead().status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("CH-114")
    @Tag("CH-27")
    void aContentEncodingPassesUntouched() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[3 * LIMIT]);
        }
        gateway.service()
                .answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n"
                        + zipped.toString(ISO_8859_1));
        RawClient.Answer answer = gateway.call(get().line("Accept-Encoding: gzip"));
        assertThat(answer.header("Content-Encoding")).contains("gzip");
        assertThat(answer.body()).as("counted on the wire").isEqualTo(zipped.toByteArray());
    }
}
