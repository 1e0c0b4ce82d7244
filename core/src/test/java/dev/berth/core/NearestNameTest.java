package dev.berth.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {
    @ParameterizedTest
    @CsvSource({
        "port, port, 0",
        "prot, port, 1",
        "portt, port, 1",
        "prt, port, 1",
        "part, port, 1",
        "'', port, 4",
        "a, b, 1"
    })
    void countsTheMistakes(String written, String known, int mistakes) {
        assertThat(NearestName.distance(written, known)).isEqualTo(mistakes);
        assertThat(NearestName.distance(known, written)).isEqualTo(mistakes);
    }

    @Test
    void takesTheNearestAndNothingFar() {
        assertThat(NearestName.to("prot", List.of("host", "port"))).contains("port");
        assertThat(NearestName.to("zzzz", List.of("host", "port"))).isEmpty();
        assertThat(NearestName.to("port", List.of())).isEmpty();
    }
}
