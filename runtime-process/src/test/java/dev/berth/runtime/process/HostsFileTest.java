package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostsFileTest {
    private static final List<String> MACHINE = List.of(
            "# of this machine", "127.0.0.1\tlocalhost", "::1 localhost ip6-localhost", "", "10.0.0.7 db  # ours");

    @Test
    void theNamesOfTheInstanceComeFirst() {
        assertThat(HostsFile.lines(Map.of("b.example", "127.0.0.2", "a.example", "::1"), MACHINE))
                .startsWith("::1 a.example", "127.0.0.2 b.example")
                .endsWith(MACHINE.toArray(String[]::new))
                .hasSize(2 + MACHINE.size());
    }

    @Test
    void whatTheMachineSaysOfThemIsLeftOut() {
        assertThat(HostsFile.lines(Map.of("DB", "127.0.0.2", "ip6-localhost", "127.0.0.3"), MACHINE))
                .containsExactly(
                        "127.0.0.2 DB",
                        "127.0.0.3 ip6-localhost",
                        "# of this machine",
                        "127.0.0.1\tlocalhost",
                        "::1 localhost",
                        "");
    }
}
