package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which of two faults answers. */
class CheckOrderTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    /** One fault that a request can have, made on a right one. */
    record Fault(String name, String answer, String method, String target, UnaryOperator<Ask> make) {
        static Fault of(String name, String answer, UnaryOperator<Ask> make) {
            return new Fault(name, answer, "POST", "/", make);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** In the order in which they are looked for. */
    private static final List<Fault> FAULTS = List.of(
            Fault.of("framing", "40097 system error", ask -> ask.line("X-WX-SERVICE: again")),
            new Fault("method", "102005 无效的 HTTP Method", "PATCH", "/", ask -> ask),
            new Fault("path", "-501000 Path access permission error", "POST", "/../x", ask -> ask),
            Fault.of("session", "40001 invalid credential", ask -> ask.with("X-Berth-Session", "forged.token")),
            Fault.of("env", "-501000 Environment not found", ask -> ask.with("X-WX-ENV", "nowhere")),
            Fault.of("grant", "-501000 Authorization mismatch uin", ask -> ask.with("X-WX-RESOURCE-APPID", "wx9999")),
            Fault.of("service", "-501000 Invalid host", ask -> ask.with("X-WX-SERVICE", "unknown")),
            Fault.of(
                    "size",
                    "-606001 请求包大小超过 100KB",
                    ask -> ask.with("Content-Type", "text/plain").with("Content-Length", "102401")));

    static Stream<Arguments> pairs() {
        return IntStream.range(0, FAULTS.size())
                .boxed()
                .flatMap(first -> IntStream.range(first + 1, FAULTS.size())
                        .mapToObj(second -> Arguments.of(FAULTS.get(first), FAULTS.get(second))));
    }

    @ParameterizedTest(name = "{0} before {1}")
    @MethodSource("pairs")
    @Tag("CH-138")
    void theEarlierOfTwoFaultsAnswers(Fault earlier, Fault later) throws Exception {
        String method = earlier.method().equals("POST") ? later.method() : earlier.method();
        String target = earlier.target().equals("/") ? later.target() : earlier.target();
        Ask ask = earlier.make().apply(later.make().apply(gateway.ask(method, target)));
        assertThat(gateway.call(ask).outcome()).isEqualTo(earlier.answer());
        assertThat(gateway.activator.asked()).isZero();
    }

    @Test
    @Tag("CH-138")
    void aRequestWithoutServiceAndSessionIsPublic() throws Exception {
        Ask ask = gateway.ask("GET", "/").without("X-WX-SERVICE").without("X-Berth-Session");
        assertThat(gateway.call(ask).outcome()).isEqualTo("404 INVALID_HOST");
    }

    @Test
    @Tag("CH-138")
    @Tag("CH-99")
    void theTunnelsPathIsNeverANativeCall() throws Exception {
        assertThat(gateway.call(gateway.ask("GET", "/__wx__/status")).outcome()).isEqualTo("404 INVALID_HOST");
        assertThat(gateway.activator.asked()).isZero();
    }

    @Test
    @Tag("CH-138")
    void berthsOwnPathIsNeverANativeCall() throws Exception {
        assertThat(gateway.call(gateway.ask("GET", "/__berth__/hello.txt")).text())
                .isEqualTo("hi");
        assertThat(gateway.call(gateway.ask("GET", "/__berth__/else")).status()).isEqualTo(404);
        assertThat(gateway.activator.asked()).isZero();
    }

    @Test
    @Tag("CH-138")
    void eitherHeaderMakesACallNative() throws Exception {
        assertThat(gateway.call(gateway.ask("GET", "/").without("X-WX-SERVICE")).outcome())
                .isEqualTo("-606004 Cannot find path.");
        assertThat(gateway.call(gateway.ask("GET", "/").without("X-Berth-Session"))
                        .outcome())
                .isEqualTo("40001 invalid credential");
    }
}
