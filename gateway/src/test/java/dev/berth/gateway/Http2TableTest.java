package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.gateway.Http2Table.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link RequestTableTest} proves, over HTTP/2: the service is spoken to in HTTP/1.1, and its bytes are the evidence.
 */
class Http2TableTest {
    @RegisterExtension
    @Order(1)
    static final GatewayFixture gateway = new GatewayFixture();

    @RegisterExtension
    @Order(2)
    static final Witness witness = new Witness(gateway);

    static List<Row> rows() {
        return Http2Table.rows();
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
    @Tag("CH-113")
    @Tag("CH-141")
    void aRequestIsRefusedOrReachesTheServiceOnceWithTheTrueIdentity(Row row) throws Exception {
        String session = gateway.signedIn(GatewayFixture.ALICE);
        String identity =
                "x-wx-env: %s & x-berth-session: %s & x-wx-service: demo".formatted(TestDirectory.ENV, session);
        String[] probe = gateway.http2("GET", "/probe");

        List<String> expected = new ArrayList<>(row.outcomes());
        expected.add(row.ends() ? "end" : "probe");
        List<String> outcomes = Http2Conversation.hold(
                gateway.port(), row.steps(identity), row.outcomes().size(), probe, 20_000);
        assertThat(outcomes).as("%s, then a probe", row).isEqualTo(expected);

        int served = row.served() + (row.ends() ? 0 : 1);
        assertThat(witness.requests(session))
                .as("complete requests that the service saw")
                .isEqualTo(served);
    }

    @Test
    void theTableIsLargeAndItsRowsAreToldApart() {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(100);
        assertThat(rows().stream().map(Row::toString)).doesNotHaveDuplicates();
        assertThat(rows().stream().map(Row::frames)).doesNotHaveDuplicates();
    }
}
