package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More connections than anybody needs. */
class CrowdTest {
    private static final int MANY = 300;

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture(new DoorLimits(
            MANY,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5)));

    @Test
    void idleConnectionsUpToTheLimitDisturbNobodyAndOneMoreIsClosedAtOnce() throws Exception {
        List<RawClient> crowd = new ArrayList<>();
        try (RawClient first = gateway.connect()) {
            first.send(gateway.ask("GET", "/").toBytes());
            assertThat(first.read().text()).isEqualTo("ok");
            for (int i = 1; i < MANY; i++) {
                crowd.add(gateway.connect().send("GET"));
            }
            first.send(gateway.ask("GET", "/").toBytes());
            assertThat(first.read().text()).isEqualTo("ok");
            await().untilAsserted(() -> assertThat(isServed()).isFalse());
            crowd.removeLast().close();
            await().untilAsserted(() -> assertThat(isServed()).isTrue());
        } finally {
            for (RawClient one : crowd) {
                one.close();
            }
        }
    }

    private static boolean isServed() {
        try {
            return gateway.call(gateway.ask("GET", "/")).status() == 200;
        } catch (IOException closed) {
            return false;
        }
    }
}
