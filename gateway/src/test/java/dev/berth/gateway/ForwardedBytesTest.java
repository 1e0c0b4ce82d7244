package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check of the fuzz tests itself: what it lets pass, and what it finds. */
class ForwardedBytesTest {
    private static final String SESSION = "secret-of-alice";

    private static DecodedRequest call(String target, String name, String value) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Host", "gateway.test")
                .add("X-WX-ENV", TestDirectory.ENV)
                .add("X-WX-SERVICE", "demo")
                .add("X-Berth-Session", SESSION)
                .add(name, value);
        return new DecodedRequest("HTTP/1.1", "GET", target, headers, "", true, false);
    }

    private static void check(DecodedRequest call, Consumer<InboundHead> fault) {
        ForwardedBytes.check(call, decoded -> {
            InboundHead head = InboundHead.read(decoded.toVertx());
            fault.accept(head);
            return head;
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/, X-App, secret-of-alice",
        "/, X-App, before secret-of-alice after",
        "/, secret-of-alice, 1",
        "/, Cookie, session-0",
        "/, X-WX-CALL-ID, secret-of-alice",
        "/secret-of-alice?session-0, X-App, 1"
    })
    @Tag("CH-63")
    void whatACallerRepeatsElsewhereMayPass(String target, String name, String value) {
        assertThatCode(() -> check(call(target, name, value), head -> {})).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-App", "X-Other", "Cookie"})
    @Tag("CH-63")
    void theSessionOfItsHeaderIsFoundWhereverItLeaks(String name) {
        DecodedRequest call = call("/", "X-App", SESSION);
        assertThatThrownBy(() -> check(call, head -> head.forwarded().add(name, "Bearer " + head.session())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("session-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Berth-Session", "x_berth_session"})
    @Tag("CH-63")
    void soIsItsHeader(String name) {
        DecodedRequest call = call("/", "X-App", "1");
        assertThatThrownBy(() -> check(call, head -> head.forwarded().add(name, "any")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("stands beside the identity");
    }
}
