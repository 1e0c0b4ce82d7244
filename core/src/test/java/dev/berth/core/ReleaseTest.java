package dev.berth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private static final Version FIRST = version(1);
    private static final Version SECOND = version(2);

    @Test
    void givesEachVersionItsShareOfTheDice() {
        Release release = new Release(List.of(new Release.Share(FIRST, 90), new Release.Share(SECOND, 10)));

        assertThat(release.choose(0)).contains(FIRST);
        assertThat(release.choose(89)).contains(FIRST);
        assertThat(release.choose(90)).contains(SECOND);
        assertThat(release.choose(99)).contains(SECOND);
    }

    @Test
    void choosesNothingWhenEveryWeightIsZero() {
        assertThat(new Release(List.of(new Release.Share(FIRST, 0))).choose(0)).isEmpty();
    }

    @Test
    void refusesSharesThatDoNotMakeTheWhole() {
        assertThatThrownBy(() -> new Release(List.of(new Release.Share(FIRST, 90))))
                .hasMessage("sum of weights: 90 (expected: 100, or all 0)");
    }

    private static Version version(int number) {
        return new Version(
                new VersionId("prod-01", "demo", number),
                "00",
                new Launch(List.of("true"), Map.of(), OptionalInt.empty(), "test"),
                Settings.DEFAULTS,
                Instant.EPOCH);
    }
}
