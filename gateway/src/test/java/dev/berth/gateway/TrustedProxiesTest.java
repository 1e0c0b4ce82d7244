package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word about a caller's address is believed. */
@Tag("CH-61")
class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8", "192.0.2.1", "fd00::/8"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // peer | X-Forwarded-For | client
                "198.51.100.7 | 6.6.6.6 | 198.51.100.7",
                "192.0.2.2 | 6.6.6.6 | 192.0.2.2",
                "10.0.0.1 | '' | 10.0.0.1",
                "10.0.0.1 | 198.51.100.7 | 198.51.100.7",
                "192.0.2.1 | 198.51.100.7 | 198.51.100.7",
                "10.0.0.1 | 6.6.6.6, 198.51.100.7 | 198.51.100.7",
                "10.0.0.1 | 6.6.6.6, 198.51.100.7,10.0.0.2 ,\t10.0.0.3 | 198.51.100.7",
                "10.0.0.1 | 10.0.0.9, 10.0.0.2 | 10.0.0.9",
                "10.0.0.1 | 6.6.6.6, unknown | 10.0.0.1",
                "10.0.0.1 | 6.6.6.6, unknown, 10.0.0.2 | 10.0.0.2",
                "10.0.0.1 | 6.6.6.6, | 10.0.0.1",
                "10.0.0.1 | 6.6.6.6:80 | 10.0.0.1",
                "10.0.0.1 | 2001:db8::7 | 2001:db8:0:0:0:0:0:7",
                "10.0.0.1 | ::ffff:198.51.100.7 | 198.51.100.7",
                "fd00:0:0:0:0:0:0:1 | 198.51.100.7 | 198.51.100.7",
                "fe80:0:0:0:0:0:0:1 | 198.51.100.7 | fe80:0:0:0:0:0:0:1",
            })
    void theRightmostAddressThatIsNoTrustedProxyIsTheCallers(String peer, String forwardedFor, String client) {
        assertThat(PROXIES.clientAddress(peer, forwardedFor)).isEqualTo(client);
    }

    @Test
    void withoutTrustedProxiesNobodyIsBelieved() {
        assertThat(TrustedProxies.NONE.clientAddress("10.0.0.1", "198.51.100.7"))
                .isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.1/8",
                "fd00::/129",
                "example.com",
                "x/8"
            })
    void aRangeThatIsNoneIsNamed(String range) {
        assertThatThrownBy(() -> TrustedProxies.of(List.of(range)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(range + " (")
                .hasMessageContaining("(expected: ");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 198.51.100.7, true", "198.51.100.0/25, 198.51.100.127, true",
                "198.51.100.0/25, 198.51.100.128, false",
        "198.51.100.7, 198.51.100.7, true", "198.51.100.7, 198.51.100.8, false", "::/0, 198.51.100.7, false",
        "2001:db8::/33, 2001:db8:7fff::1, true", "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void aRangeHasItsLeadingBitsInCommon(String range, String address, boolean within) throws Exception {
        assertThat(AddressRange.parse(range).contains(java.net.InetAddress.ofLiteral(address)))
                .isEqualTo(within);
    }

    /** The tests' own machine is a proxy here. */
    @Nested
    class BehindAProxy {
        @RegisterExtension
        static final GatewayFixture gateway = new GatewayFixture(TrustedProxies.of(List.of("127.0.0.0/8")));

        @Test
        @Tag("CH-45")
        @Tag("CH-46")
        void theServiceSeesTheCallersAddressAndNoneOfTheRest() throws Exception {
            gateway.call(gateway.ask("GET", "/")
                    .line("X-Forwarded-For: 6.6.6.6")
                    .line("x-forwarded-for: 198.51.100.7")
                    .line("X_Forwarded_For: 6.6.6.6")
                    .line("X-Forwarded-Host: evil.test"));
            RawHead head = gateway.service().next().head();
            assertThat(head.one("X-Forwarded-For")).contains("198.51.100.7");
            assertThat(head.one("X-Original-Forwarded-For")).contains("198.51.100.7");
            assertThat(head.text()).doesNotContain("6.6.6.6").doesNotContain("evil.test");
        }
    }
}
