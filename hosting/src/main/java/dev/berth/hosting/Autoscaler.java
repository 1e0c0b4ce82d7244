package dev.berth.hosting;

import dev.berth.core.Scale;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Whether a version should have one instance more or one fewer (HO-32, HO-33). One more: above the threshold of CPU, or
 * above that of outstanding calls at two looks in a row. One fewer: when for a while one fewer would have stayed below
 * half of both. Never two changes within the cool-down. Guarded by the pool's lock.
 */
final class Autoscaler {
    private final Scale scale;
    private final PoolRules.Scaling rules;
    private boolean changed;
    private long changedAt;
    private boolean crowded;
    private boolean calm;
    private long calmSince;

    enum Step {
        UP,
        DOWN
    }

    /** @param why for people */
    record Decision(Step step, String why) {}

    /**
     * What is seen at a look.
     *
     * @param cpu average share of a core; empty if unknown
     */
    record Load(int instances, int outstanding, OptionalDouble cpu) {
        private String text() {
            String calls = "%d calls outstanding".formatted(outstanding);
            String cores =
                    cpu.isPresent() ? String.format(Locale.ROOT, " and %.0f %% CPU each", cpu.getAsDouble() * 100) : "";
            return "%s%s on %d instance%s".formatted(calls, cores, instances, instances == 1 ? "" : "s");
        }
    }

    Autoscaler(Scale scale, PoolRules.Scaling rules) {
        this.scale = scale;
        this.rules = rules;
    }

    /** To be asked at each look, with at least one instance. */
    Optional<Decision> look(Load load, long now) {
        boolean wasCrowded = crowded;
        crowded = load.outstanding() > (long) rules.outstanding() * load.instances();
        boolean isCalm = wouldDoWithOneFewer(load);
        if (!isCalm || !calm) {
            calmSince = now;
        }
        calm = isCalm;
        Step step = step(load, crowded && wasCrowded, now);
        return step == null || isCoolingDown(now)
                ? Optional.empty()
                : Optional.of(new Decision(step, (step == Step.UP ? "load: " : "scale down: ") + load.text()));
    }

    private @Nullable Step step(Load load, boolean staysCrowded, long now) {
        boolean busy = load.cpu().orElse(0) > rules.cpu();
        if ((busy || staysCrowded) && load.instances() < scale.max()) {
            return Step.UP;
        }
        boolean spare = calm && now - calmSince >= rules.calm().toNanos();
        return spare && load.instances() > Math.max(1, scale.min()) ? Step.DOWN : null;
    }

    private boolean wouldDoWithOneFewer(Load load) {
        int fewer = load.instances() - 1;
        return fewer > 0
                && load.outstanding() <= (long) fewer * rules.outstanding() / 2
                && load.cpu().orElse(0) * load.instances() / fewer <= rules.cpu() / 2;
    }

    private boolean isCoolingDown(long now) {
        return changed && now - changedAt < rules.coolDown().toNanos();
    }

    /** A decision was followed. */
    void followed(long now) {
        changed = true;
        changedAt = now;
    }
}
