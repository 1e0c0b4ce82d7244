package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which request targets go on to a service, and that those go unchanged. */
class PathTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../x",
                "/a/../..",
                "/a/../../b",
                "/%2e%2e/x",
                "/%2E%2e/x",
                "/.%2e/x",
                "/%2e./x",
                "/a/%2e%2e/%2e%2e/b",
                "/..%2fx",
                "/..%5Cx",
                "/..\\x",
                "/a/..\\..\\..\\x",
                "/./../x",
                "//../x",
                "/%",
                "/%2",
                "/%zz",
                "/a%2gb",
                "/caf\u00e9",
                "/a\u0080",
                "/a\u007f",
                "/a#b",
                "/a?b#c",
                "a",
                "*",
                "http://x/",
                "https://gateway.test/a?b",
                "gateway.test:443",
                "?x=1",
            })
    @Tag("CH-73")
    @Tag("CH-2")
    void aPathThatCannotBeTrustedIsRefused(String target) throws Exception {
        RawClient.Answer answer = gateway.call(gateway.ask("GET", target));
        assertThat(answer.outcome()).isEqualTo("-501000 Path access permission error");
        assertThat(gateway.activator.asked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a/../b",
                "/a/./b",
                "/a//b",
                "//",
                "/...",
                "/..a/b",
                "/%E4%B8%AD%20%E6%96%87",
                "/%00",
                "/a%2Fb",
                "/a;b=c,d",
                "/a?",
                "/a?x=1&x=2&&=",
                "/a?../../..",
                "/a?q=%",
                "/a?q=100%zz",
                "/a?http://x/",
                "/!$&'()*+,;=:@-._~",
                "/\"<>[]^`{|}",
            })
    @Tag("CH-113")
    @Tag("CH-2")
    @Tag("CH-50")
    void anyOtherPathReachesTheServiceByteForByte(String target) throws Exception {
        assertThat(gateway.call(gateway.ask("GET", target)).text()).isEqualTo("ok");
        RawHead head = gateway.service().next().head();
        assertThat(head.startLine()).isEqualTo("GET " + target + " HTTP/1.1");
        assertThat(head.one("X-WX-CONTAINER-PATH")).contains(target);
    }
}
