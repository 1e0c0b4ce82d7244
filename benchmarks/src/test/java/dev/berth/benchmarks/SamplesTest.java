package dev.berth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private final Samples samples = new Samples();

    @Test
    void percentilesAreValuesThatWereMeasured() {
        IntStream.rangeClosed(1, 100).map(i -> 101 - i).forEach(samples::add);
        assertThat(samples.median()).isEqualTo(50);
        assertThat(samples.percentile(95)).isEqualTo(95);
        assertThat(samples.percentile(99)).isEqualTo(99);
        assertThat(samples.percentile(100)).isEqualTo(100);
    }

    @Test
    void ofFewValuesToo() {
        samples.add(7);
        assertThat(samples.percentile(1)).isEqualTo(7);
        assertThat(samples.percentile(99)).isEqualTo(7);
    }

    @Test
    void refusesToSumUpNothing() {
        assertThatThrownBy(samples::median).hasMessage("nothing was measured");
    }
}
