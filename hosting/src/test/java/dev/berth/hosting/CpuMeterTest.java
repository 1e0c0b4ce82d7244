package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.InstanceRuntime.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("HO-32")
class CpuMeterTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private Optional<Usage> usage = Optional.of(new Usage(Duration.ofSeconds(5), 1));
    private int asked;
    private final CpuMeter meter = new CpuMeter(() -> {
        asked++;
        return usage;
    });

    private void used(int seconds) {
        usage = Optional.of(new Usage(Duration.ofSeconds(seconds), 1));
    }

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void theShareIsThatOfTheLastWholeWindow() {
        assertThat(meter.share(at(0), WINDOW))
                .as("what a start used says nothing")
                .isEmpty();
        used(8);
        assertThat(meter.share(at(9), WINDOW)).isEmpty();
        assertThat(meter.share(at(10), WINDOW)).hasValue(0.3);
        used(100);
        assertThat(meter.share(at(19), WINDOW)).hasValue(0.3);
        assertThat(asked).as("once per window").isEqualTo(2);
    }

    @Test
    void afterATimeWithoutLooksItBeginsAnew() {
        meter.share(at(0), WINDOW);
        used(35);
        assertThat(meter.share(at(31), WINDOW)).isEmpty();
        used(40);
        assertThat(meter.share(at(41), WINDOW)).hasValue(0.5);
    }

    @Test
    void aRuntimeThatDoesNotKnowIsNotGuessedFor() {
        CpuMeter ignorant = new CpuMeter(Optional::empty);
        ignorant.share(at(0), WINDOW);
        assertThat(ignorant.share(at(10), WINDOW)).isEmpty();
        meter.share(at(0), WINDOW);
        used(9);
        assertThat(CpuMeter.average(List.of(meter, ignorant), at(10), WINDOW)).hasValue(0.4);
        assertThat(CpuMeter.average(List.of(ignorant), at(20), WINDOW)).isEmpty();
    }
}
