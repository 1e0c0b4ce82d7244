package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.gateway.RequestTable.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nobody adds, changes, doubles or hides an identity header, and nobody hides a request in another one. The bytes that
 * reach the service are the evidence, read by services of several habits.
 */
class RequestTableTest {
    @RegisterExtension
    @Order(1)
    static final GatewayFixture gateway = new GatewayFixture();

    @RegisterExtension
    @Order(2)
    static final Witness witness = new Witness(gateway);

    static List<Row> rows() {
        return RequestTable.rows();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @Tag("CH-41")
    @Tag("CH-45")
    @Tag("CH-60")
    @Tag("CH-61")
    @Tag("CH-62")
    @Tag("CH-63")
    @Tag("CH-79")
    @Tag("CH-111")
    @Tag("CH-113")
    void aRequestIsRefusedOrReachesTheServiceOnceWithTheTrueIdentity(Row row) throws Exception {
        String session = gateway.signedIn(GatewayFixture.ALICE);
        String identity =
                "X-WX-ENV: %s\r\nX-WX-SERVICE: demo\r\nX-Berth-Session: %s\r\n".formatted(TestDirectory.ENV, session);
        String probe = RequestTable.PROBE.formatted("Host: gateway.test\r\n" + identity);

        List<String> expected = new ArrayList<>(row.outcomes());
        if (!row.ends()) {
            expected.add("probe");
        }
        List<String> outcomes = Conversation.hold(gateway.port(), row.bytes(identity) + probe, 20_000);
        assertThat(outcomes).as("%s, then a probe", row).isEqualTo(expected);

        int served = row.served() + (row.ends() ? 0 : 1);
        assertThat(witness.requests(session))
                .as("complete requests that the service saw")
                .isEqualTo(served);
    }

    @Test
    void theTableIsLargeAndItsRowsAreToldApart() {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(100).doesNotHaveDuplicates();
        assertThat(rows().stream().map(Row::toString)).doesNotHaveDuplicates();
        assertThat(rows().stream().map(Row::bytes)).doesNotHaveDuplicates();
    }
}
