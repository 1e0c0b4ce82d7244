package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 requests that would mean something else in HTTP/1.1 (RFC 9113, section 8). */
class Http2FramingTest {
    private static final int PROTOCOL_ERROR = 1;

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static String[] with(String name, String value) {
        return gateway.http2("GET", "/", name, value);
    }

    static Stream<Arguments> doubtful() {
        return Stream.of(
                arguments("x-a", "1\r\nX-WX-OPENID: forged"),
                arguments("x-a", "1\nx: 2"),
                arguments("x-a", "1\u00002"),
                arguments("x-a", " 1"),
                arguments("x-a", "1 "),
                arguments("x-a\r\nx-wx-openid: forged\r\nx-b", "1"),
                arguments("x a", "1"),
                arguments("x:a", "1"),
                arguments("x-\u00e9", "1"),
                arguments("x-wx-service", "other"),
                arguments("host", "other.test"),
                arguments("content-length", "5"),
                arguments("content-length", "+0"),
                arguments("transfer-encoding", "chunked"),
                arguments("connection", "close"),
                arguments("connection", "x-wx-openid"),
                arguments("keep-alive", "timeout=5"),
                arguments("proxy-connection", "keep-alive"),
                arguments("upgrade", "websocket"),
                arguments("te", "gzip"),
                arguments("X-Upper", "1"),
                arguments("", "1"),
                arguments(":path", "/late"),
                arguments(":protocol", "websocket"),
                arguments(":status", "200"),
                arguments(":unknown", "1"));
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    @Tag("CH-79")
    void aDoubtfulHeaderIsRefusedAndReachesNoService(String name, String value) throws Exception {
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            caller.head(1, true, with(name, value));
            Http2Caller.Answer answer = caller.read(1);
            if (answer.error() < 0) {
                assertThat(answer.systemError()).isEqualTo("40097");
            } else {
                assertThat(answer.error()).isEqualTo(PROTOCOL_ERROR);
            }
        }
        assertThat(gateway.activator.asked()).isZero();
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({":method, /", ":path, GET", ":scheme, GET", ":authority, GET"})
    @Tag("CH-79")
    void aMissingOrRepeatedPseudoHeaderIsRefused(String name) throws Exception {
        List<String> without = new ArrayList<>(List.of(gateway.http2("GET", "/")));
        int index = without.indexOf(name);
        String value = without.get(index + 1);
        without.subList(index, index + 2).clear();
        List<String> twice = new ArrayList<>(List.of(gateway.http2("GET", "/")));
        twice.addAll(index, List.of(name, value + "x"));
        for (List<String> head : List.of(without, twice)) {
            try (Http2Caller caller = new Http2Caller(gateway.port())) {
                caller.head(1, true, head.toArray(String[]::new));
                Http2Caller.Answer answer = caller.read(1);
                assertThat(answer.error() == PROTOCOL_ERROR
                                || answer.systemError().equals("40097"))
                        .as("%s refused", head)
                        .isTrue();
            }
        }
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"*, OPTIONS", "http://other.test/, GET", "a, GET", "/a b, GET", "/../a, GET", "//%zz, GET", "/#x, GET"})
    @Tag("CH-73")
    void aPathThatNoServiceCouldGetIsRefused(String path, String method) throws Exception {
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            caller.head(1, true, gateway.http2(method, path));
            assertThat(caller.read(1).systemError()).isEqualTo("-501000");
        }
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @Test
    @Tag("CH-73")
    void aPathWithALineFeedIsRefused() throws Exception {
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            caller.head(1, true, gateway.http2("GET", "/ HTTP/1.1\r\nX-WX-OPENID: forged\r\nX: "));
            assertThat(caller.read(1).systemError()).isEqualTo("-501000");
        }
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @Test
    @Tag("CH-72")
    void connectIsNoMethodHere() throws Exception {
        List<String> head = new ArrayList<>(List.of(gateway.http2("CONNECT", "/")));
        head.subList(head.indexOf(":path"), head.indexOf(":path") + 2).clear();
        head.subList(head.indexOf(":scheme"), head.indexOf(":scheme") + 2).clear();
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            caller.head(1, false, head.toArray(String[]::new));
            assertThat(caller.read(1).systemError()).isEqualTo("102005");
        }
    }

    @ParameterizedTest
    @CsvSource({"G T", "'GET / HTTP/1.1\r\nX: y'", "get", "''"})
    @Tag("CH-72")
    void aMethodThatIsNoneIsRefused(String method) throws Exception {
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            caller.head(1, true, gateway.http2(method, "/"));
            Http2Caller.Answer answer = caller.read(1);
            assertThat(answer.error() > 0 || answer.systemError().equals("102005"))
                    .isTrue();
        } catch (EOFException closed) {
            assertThat(method).as("no token; Vert.x ends the connection").doesNotMatch("[a-z]*");
        }
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"5, 4, true", "5, 6, true", "5, 6, false"})
    @Tag("CH-79")
    void aBodyOfAnotherLengthThanDeclaredNeverCompletesARequest(int declared, int sent, boolean end) throws Exception {
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            caller.head(1, false, gateway.http2("POST", "/", "content-length", "" + declared))
                    .data(1, end, new byte[sent]);
            assertThat(caller.read(1).error()).isEqualTo(PROTOCOL_ERROR);
        }
        assertThat(gateway.recorded().outcome()).isNotEqualTo("ok");
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @Test
    @Tag("CH-111")
    void onTheWayToNoServiceTheSameIsABadRequest() throws Exception {
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            caller.head(
                    1,
                    false,
                    ":method",
                    "POST",
                    ":scheme",
                    "http",
                    ":authority",
                    "gateway.test",
                    ":path",
                    "/__berth__/sessions",
                    "x-a",
                    "1\r\n2");
            caller.data(1, true, "{}".getBytes(UTF_8));
            assertThat(caller.read(1).status()).isEqualTo(400);
        }
    }
}
