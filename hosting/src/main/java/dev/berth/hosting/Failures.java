package dev.berth.hosting;

import dev.berth.core.Problem;
import dev.berth.core.VersionId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What went wrong with the instances of a version of late, and whether a start is allowed. Guarded by the pool's lock. */
final class Failures {
    private final VersionId version;
    private final PoolDiary diary;
    private final RestartPauses pauses;
    private boolean startFailed;
    private Optional<String> last = Optional.empty();

    Failures(VersionId version, PoolRules.Pauses rules, PoolDiary diary) {
        this.version = version;
        this.diary = diary;
        this.pauses = new RestartPauses(rules, () -> ThreadLocalRandom.current().nextDouble());
    }

    void startFailed(PendingStart start, String reason, long now) {
        startFailed = true;
        died(start.id(), reason, Duration.ZERO, false, now);
    }

    void died(PooledInstance instance, String how, long now) {
        Duration ran = Duration.ofNanos(instance.readyNanos == 0 ? 0 : now - instance.readyNanos);
        died(instance.id(), "%s %s".formatted(instance.id(), how), ran, instance.called, now);
    }

    private void died(String instanceId, String reason, Duration ran, boolean called, long now) {
        last = Optional.of(reason);
        pauses.died(reason, ran, called, now);
        if (!pauses.left(now).isZero()) {
            diary.paused(instanceId, pauses.describe(now));
        }
    }

    /** An instance is ready. That proves little while they keep dying. */
    void started() {
        startFailed = false;
        if (pauses.deaths() <= 1) {
            last = Optional.empty();
        }
    }

    /** An instance serves at this moment; perhaps it has for long enough. */
    void serves(PooledInstance instance, long now) {
        if (pauses.seenWell(instance.readyNanos, now)) {
            forget();
        }
    }

    void forget() {
        pauses.reset();
        startFailed = false;
        last = Optional.empty();
    }

    Duration pause(long now) {
        return pauses.left(now);
    }

    /** What a call is told while no start is allowed. */
    Optional<Problem> refusal(long now) {
        return pauses.refusal(version, now);
    }

    /** The last start failed, or they keep dying. */
    boolean isFailing() {
        return startFailed || isDying();
    }

    /** More than once in a row. */
    boolean isDying() {
        return pauses.deaths() > 1;
    }

    /** The last failure, for people; while no start is allowed, also when the next one is tried. */
    Optional<String> told(long now) {
        return pauses.left(now).isZero() ? last : Optional.of(pauses.describe(now));
    }

    /** Why an instance is started, for people. */
    String reason(String atFirst, String again) {
        return last.map(failure -> "%s, after: %s".formatted(again, failure)).orElse(atFirst);
    }
}
