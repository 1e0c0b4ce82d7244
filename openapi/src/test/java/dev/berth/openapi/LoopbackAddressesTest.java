package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("OA-9")
class LoopbackAddressesTest {
    private final LoopbackAddresses addresses = new LoopbackAddresses(new Random(1));

    @Test
    void givesEveryAddressOnceAndNoEdge() {
        Set<String> taken = new HashSet<>();
        for (Optional<String> next = addresses.take(); next.isPresent(); next = addresses.take()) {
            assertThat(taken.add(next.get())).isTrue();
        }
        assertThat(taken)
                .hasSize(65_533)
                .allMatch(address -> address.startsWith("127.77."))
                .contains("127.77.0.2", "127.77.255.254")
                .doesNotContain("127.77.0.0", "127.77.255.255", LoopbackAddresses.PROBE);
    }

    @Test
    void givesOneBackLate() {
        String first = addresses.take().orElseThrow();
        addresses.giveBack(first);

        for (int i = 0; i < 65_532; i++) {
            assertThat(addresses.take().orElseThrow()).isNotEqualTo(first);
        }
        assertThat(addresses.take()).contains(first);
    }
}
