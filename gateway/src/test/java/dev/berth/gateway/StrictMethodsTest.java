package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code compat.callcontainer.methods=strict}. */
class StrictMethodsTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture(AllowedMethods.STRICT, true);

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
    @Tag("CF-3")
    @Tag("CH-72")
    void fourMethodsPass(String method) throws Exception {
        assertThat(gateway.call(gateway.ask(method, "/")).text()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "TRACE", "CONNECT", "PATCH", "Get", "PURGE"})
    @Tag("CF-3")
    @Tag("CH-72")
    @Tag("CH-141")
    void noOtherDoes(String method) throws Exception {
        try (RawClient client = gateway.connect()) {
            RawHead head = client.send(gateway.ask(method, "/").toBytes()).readHead();
            assertThat(head.one("x-wx-system-error")).contains("102005");
            assertThat(gateway.activator.asked()).isZero();
        }
    }
}
