package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How services of all kinds keep their connections, and what they say beside their answer. */
class ServiceConnectionTest {
    private static final String TRAILED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\nX-WX-OPENID: forged\r\n\r\n";

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask post() {
        return gateway.ask("POST", "/").body("text/plain", "hello".getBytes(UTF_8));
    }

    /** Posts are never repeated, so each must find a connection that is still kept. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.0 200 OK\r\n\r\nok",
            })
    @Tag("CH-103")
    void aServiceThatClosesAfterEachAnswerIsCalledOnAConnectionOfItsOwn(String answer) throws Exception {
        gateway.service().script(request -> {
            gateway.service().remember(request);
            request.answer(answer);
            request.socket().close();
        });
        try (RawClient caller = gateway.connect()) {
            for (int i = 0; i < 30; i++) {
                caller.send(post().toBytes());
                assertThat(caller.read().text()).as("call %s", i).isEqualTo("ok");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"timeout=0, true", "timeout=1, true", "'timeout=1, max=100', true", "'timeout=60, max=5', false"})
    @Tag("CH-103")
    void aConnectionThatTheServiceIsAboutToCloseIsNotUsedAgain(String keepAlive, boolean fresh) throws Exception {
        gateway.service().answer("HTTP/1.1 200 OK\r\nKeep-Alive: " + keepAlive + "\r\nContent-Length: 2\r\n\r\nok");
        try (RawClient caller = gateway.connect()) {
            caller.send(post().toBytes()).read();
            int before = gateway.service().connections();
            caller.send(post().toBytes()).read();
            assertThat(gateway.service().connections() - before).isEqualTo(fresh ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints", "199 Odd"})
    @Tag("CH-114")
    void whatAServiceSaysBeforeItsAnswerIsNotTheAnswer(String status) throws Exception {
        String interim = "HTTP/1.1 " + status + "\r\nLink: </a>\r\n\r\n";
        gateway.service().answer(interim + interim + RawService.OK);
        try (RawClient caller = gateway.connect()) {
            for (int i = 0; i < 3; i++) {
                caller.send(post().toBytes());
                RawClient.Answer answer = caller.read();
                assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 200 OK");
                assertThat(answer.text()).isEqualTo("ok");
            }
        }
    }

    @Test
    @Tag("CH-114")
    void trailersReachACallerWhoReadsThem() throws Exception {
        gateway.service().answer(TRAILED);
        try (RawClient caller = gateway.connect()) {
            caller.send(gateway.ask("GET", "/")
                    .line("TE: trailers")
                    .line("Connection: TE")
                    .toBytes());
            RawHead head = caller.readHead();
            assertThat(RawHead.readChunk(caller.in)).asString().isEqualTo("ok");
            assertThat(head.one("X-Sum")).isEmpty();
            assertThat(RawHead.read(caller.in).text().toLowerCase(Locale.ROOT))
                    .contains("x-sum: 7")
                    .doesNotContain("openid");
        }
        try (Http2Caller caller = new Http2Caller(gateway.port())) {
            caller.head(1, true, gateway.http2("GET", "/", "te", "trailers"));
            Http2Caller.Answer answer = caller.read(1);
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.trailers().get("x-sum")).hasToString("7");
            assertThat(answer.trailers().contains("x-wx-openid")).isFalse();
        }
    }

    @Test
    @Tag("CH-114")
    void andNobodyElse() throws Exception {
        gateway.service().answer(TRAILED);
        try (RawClient caller = gateway.connect()) {
            for (int i = 0; i < 2; i++) {
                caller.send(gateway.ask("GET", "/").toBytes());
                RawHead head = caller.readHead();
                assertThat(head.status()).isEqualTo(200);
                assertThat(RawHead.readChunk(caller.in)).asString().isEqualTo("ok");
                assertThat(RawHead.readChunk(caller.in)).isEmpty();
            }
        }
    }
}
