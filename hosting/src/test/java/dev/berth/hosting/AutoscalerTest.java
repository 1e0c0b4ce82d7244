package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Scale;
import dev.berth.hosting.Autoscaler.Decision;
import dev.berth.hosting.Autoscaler.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("HO-32")
class AutoscalerTest {
    private long now = Long.MAX_VALUE - 1_000_000_000; // overflows on the way
    private final Autoscaler scaler = new Autoscaler(new Scale(1, 4), PoolRules.Scaling.DEFAULT);

    private Optional<Step> look(int instances, int outstanding, double cpu) {
        now += Duration.ofSeconds(1).toNanos();
        OptionalDouble share = cpu < 0 ? OptionalDouble.empty() : OptionalDouble.of(cpu);
        Optional<Decision> decision = scaler.look(new Autoscaler.Load(instances, outstanding, share), now);
        decision.ifPresent(_ -> scaler.followed(now));
        return decision.map(Decision::step);
    }

    private int looksUntil(Step step, int instances, int outstanding, double cpu) {
        for (int looks = 1; looks <= 200; looks++) {
            Optional<Step> decided = look(instances, outstanding, cpu);
            if (decided.isPresent()) {
                assertThat(decided).hasValue(step);
                return looks;
            }
        }
        return Integer.MAX_VALUE;
    }

    @Test
    void busyCoresBringOneMoreAtOnceAndTheNextAfterTheCoolDown() {
        assertThat(look(1, 1, 0.6)).isEmpty();
        assertThat(look(1, 1, 0.61)).hasValue(Step.UP);
        assertThat(looksUntil(Step.UP, 2, 1, 0.9)).isEqualTo(15);
        assertThat(looksUntil(Step.UP, 3, 1, 0.9)).isEqualTo(15);
    }

    @Test
    void neverAboveTheMaximum() {
        assertThat(looksUntil(Step.UP, 4, 1000, 1.0)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    @Tag("HO-33")
    void manyOutstandingCallsBringOneMoreIfTheyStay() {
        assertThat(look(2, 41, -1)).isEmpty();
        assertThat(look(2, 40, -1)).isEmpty();
        assertThat(look(2, 41, -1)).isEmpty();
        assertThat(look(2, 41, -1)).hasValue(Step.UP);
    }

    @Test
    void oneLeavesWhenOneFewerWasEnoughForAMinute() {
        assertThat(looksUntil(Step.DOWN, 3, 20, 0.19)).isEqualTo(61);
        assertThat(looksUntil(Step.DOWN, 2, 10, 0.15)).isEqualTo(15);
    }

    @Test
    void nobodyLeavesWhileTheOthersWouldBeHalfBusy() {
        assertThat(looksUntil(Step.DOWN, 3, 0, 0.21)).as("0.315 on two").isEqualTo(Integer.MAX_VALUE);
        assertThat(looksUntil(Step.DOWN, 3, 21, 0))
                .as("more than 10 on two each")
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aBusyMomentBeginsTheMinuteAnew() {
        for (int i = 0; i < 50; i++) {
            assertThat(look(2, 0, 0)).isEmpty();
        }
        assertThat(look(2, 11, 0)).isEmpty();
        assertThat(looksUntil(Step.DOWN, 2, 0, 0)).isEqualTo(61);
    }

    @Test
    void neverBelowTheMinimum() {
        assertThat(looksUntil(Step.DOWN, 1, 0, 0)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aDecisionSaysWhy() {
        Autoscaler.Load load = new Autoscaler.Load(2, 7, OptionalDouble.of(0.724));
        assertThat(scaler.look(load, now).orElseThrow().why())
                .isEqualTo("load: 7 calls outstanding and 72 % CPU each on 2 instances");
    }
}
