package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Problem;
import dev.berth.core.VersionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("HO-34")
class RestartPausesTest {
    private static final VersionId DEMO = new VersionId("prod-01", "demo", 1);

    private double random;
    private long now = -5; // System.nanoTime may be negative
    private final RestartPauses pauses = new RestartPauses(PoolRules.Pauses.DEFAULT, () -> random);

    private Duration afterDeath(Duration ran, boolean called) {
        pauses.died("exit code 1", ran, called, now);
        return pauses.left(now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void pausesGrowFromNothingToAMinute() {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            seconds.add(afterDeath(Duration.ZERO, false).toSeconds());
            pass(pauses.left(now));
            assertThat(pauses.left(now)).isZero();
        }
        assertThat(seconds).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void aPauseIsCutAtRandomByAFifthAtMost() {
        random = 0.999;
        afterDeath(Duration.ZERO, false);
        assertThat(afterDeath(Duration.ZERO, false).toMillis()).isBetween(800L, 801L);
    }

    @Test
    void anInstanceThatRanForAMinuteMakesTheRestForgotten() {
        afterDeath(Duration.ZERO, false);
        afterDeath(Duration.ofSeconds(59), false);
        assertThat(afterDeath(Duration.ofSeconds(59), false)).hasSeconds(2);
        assertThat(afterDeath(Duration.ofSeconds(60), false)).isZero();
        assertThat(afterDeath(Duration.ZERO, false)).hasSeconds(1);
    }

    @Test
    void oneThatServesForAMinuteProvesThatTheDyingIsOver() {
        afterDeath(Duration.ZERO, false);
        long readyBefore = now;
        pass(Duration.ofSeconds(1));
        afterDeath(Duration.ZERO, false);
        pass(Duration.ofSeconds(1));
        long ready = now;
        pass(Duration.ofSeconds(59));
        assertThat(pauses.seenWell(readyBefore, now))
                .as("another one, from before")
                .isFalse();
        assertThat(pauses.seenWell(ready, now)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(pauses.seenWell(ready, now)).isTrue();
    }

    @Test
    void whoGotCallsIsReplacedAtOnceTenTimesAMinute() {
        for (int i = 0; i < 10; i++) {
            assertThat(afterDeath(Duration.ofSeconds(1), true)).isZero();
            assertThat(pauses.deaths()).isZero();
        }
        assertThat(afterDeath(Duration.ofSeconds(1), true)).isZero();
        assertThat(afterDeath(Duration.ofSeconds(1), true))
                .as("counted from now on")
                .hasSeconds(1);
        pass(Duration.ofSeconds(61));
        afterDeath(Duration.ofSeconds(1), true);
        assertThat(pauses.deaths()).as("a new minute").isEqualTo(2);
    }

    @Test
    void aRefusalSaysHowOftenWhyAndWhen() {
        afterDeath(Duration.ZERO, false);
        assertThat(pauses.refusal(DEMO, now)).isEmpty();
        afterDeath(Duration.ZERO, false);
        afterDeath(Duration.ZERO, false);
        Problem problem = pauses.refusal(DEMO, now).orElseThrow();
        assertThat(problem.code()).isEqualTo("RESTARTS_PAUSED");
        assertThat(problem.message())
                .isEqualTo("demo-001: died 3 times in a row, last: exit code 1; the next start is tried in 2s"
                        + " (expected: a program that keeps running)");
        assertThat(problem.hint()).contains("deploy it again");
        pauses.reset();
        assertThat(pauses.refusal(DEMO, now)).isEmpty();
    }
}
