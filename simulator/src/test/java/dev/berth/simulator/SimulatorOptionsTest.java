package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorOptionsTest {
    private static final SimulatorOptions DEFAULTS = SimulatorOptions.of(Path.of("simulator.db"));

    @Test
    void theDefaultsAreLoopbackAndStrict() {
        assertThat(DEFAULTS.host()).isEqualTo("127.0.0.1");
        assertThat(DEFAULTS.port()).isEqualTo(7083);
        assertThat(DEFAULTS.allowRemote()).isFalse();
        assertThat(DEFAULTS.acceptUnknownCodes()).isFalse();
    }

    @Test
    void eachOptionChangesNothingElse() {
        TestClock clock = new TestClock();
        SimulatorOptions changed = DEFAULTS.withAllowRemote(true)
                .withHost("0.0.0.0")
                .withPort(1)
                .withAcceptUnknownCodes(true)
                .withDefaultUser("bob")
                .withClock(clock)
                .withSeed(7);

        assertThat(changed)
                .isEqualTo(new SimulatorOptions(
                        Path.of("simulator.db"), "0.0.0.0", 1, true, true, "bob", clock, OptionalLong.of(7)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void aPortThatCannotBeIsRefused(int port) {
        assertThatThrownBy(() -> DEFAULTS.withPort(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port: %d (expected: 0 to 65535)".formatted(port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "::1", "[::1]", "127.0.0.2"})
    void everyLoopbackAddressMayBeBound(String host) {
        assertThat(DEFAULTS.withHost(host).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "", "192.168.1.2", "localhost.example", "1127.0.0.1"})
    void everyOtherAddressIsRefused(String host) {
        assertThatThrownBy(() -> DEFAULTS.withHost(host)).hasMessageContaining("host: " + host);
    }

    @Test
    void aDefaultUserThatNobodyCanHaveIsRefused() {
        assertThatThrownBy(() -> DEFAULTS.withDefaultUser("Alice")).hasMessageContaining("name: \"Alice\"");
    }

    @Test
    void anAppDoesNotShowItsSecret() {
        assertThat(App.miniProgram("wx1111111111111111", "hidden"))
                .hasToString("App[wx1111111111111111, MINI_PROGRAM]");
    }
}
