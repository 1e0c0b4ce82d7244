package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DelayTest {
    private static final Delay SPREAD = new Delay(Duration.ofMillis(200), 0.5, Duration.ofMillis(500));

    @Test
    void withoutASigmaItIsAlwaysTheSame() {
        assertThat(new Delay(Duration.ofMillis(7), 0, Duration.ofMillis(7)).drawn(new Chance(OptionalLong.empty())))
                .isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void halfOfTheDelaysAreBelowTheMedianAndNoneAboveTheMost() {
        List<Long> drawn = drawn(1);

        assertThat(drawn).allMatch(millis -> millis > 0 && millis <= 500).contains(500L);
        assertThat(drawn.stream().filter(millis -> millis < 200)).hasSizeBetween(900, 1100);
        assertThat(drawn.stream().filter(millis -> Math.abs(Math.log(millis / 200.0)) < 0.5))
                .hasSizeBetween(1250, 1480); // 68 % within one deviation
    }

    @Test
    void theSeedRepeatsThem() {
        assertThat(drawn(2)).isEqualTo(drawn(2)).isNotEqualTo(drawn(3));
    }

    private static List<Long> drawn(long seed) {
        Chance chance = new Chance(OptionalLong.of(seed));
        return IntStream.range(0, 2000)
                .mapToObj(i -> SPREAD.drawn(chance).toMillis())
                .toList();
    }
}
