package dev.berth.hosting;

import dev.berth.core.Problem;
import dev.berth.core.VersionId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a version whose instances die may start the next one: at once after the first death, then after growing pauses,
 * each cut by up to a fifth at random so that services which die together do not start together. Guarded by the pool's
 * lock; all times are those of {@link PoolTimers#nanos}.
 *
 * <p>An instance that ran for {@link PoolRules.Pauses#healthy} makes what was before forgotten. The death of one that had got
 * calls is replaced at once, because a pause would cost more calls than it spares starts, and one deadly request must not
 * close the service to all others; but only so often in that time.
 */
final class RestartPauses {
    private final PoolRules.Pauses rules;
    private final DoubleSupplier random;
    private int deaths;
    private String lastReason = "";
    private long lastDeath;
    private long pauseEnd;
    private int forgiven;
    private long forgivenSince;

    /** @param random from 0 to below 1 */
    RestartPauses(PoolRules.Pauses rules, DoubleSupplier random) {
        this.rules = rules;
        this.random = random;
    }

    /**
     * @param ran how long the instance had been ready; zero if it never was
     * @param called whether it had got calls
     */
    void died(String reason, Duration ran, boolean called, long now) {
        if (ran.compareTo(rules.healthy()) >= 0) {
            reset();
        }
        lastReason = reason;
        lastDeath = now;
        if (called && forgives(now)) {
            return;
        }
        deaths++;
        pauseEnd = now + cut(pause()).toNanos();
    }

    private boolean forgives(long now) {
        if (forgiven == 0 || now - forgivenSince > rules.healthy().toNanos()) {
            forgiven = 0;
            forgivenSince = now;
        }
        return forgiven++ < rules.free();
    }

    private Duration pause() {
        if (deaths <= 1) {
            return Duration.ZERO;
        }
        int doublings = Math.min(deaths - 2, 30);
        Duration grown = rules.first().multipliedBy(1L << doublings);
        return grown.compareTo(rules.longest()) < 0 ? grown : rules.longest();
    }

    private Duration cut(Duration pause) {
        return Duration.ofNanos((long) (pause.toNanos() * (1 - random.getAsDouble() / 5)));
    }

    /** Whether an instance that serves since {@code readyAt} proves that the dying is over. */
    boolean seenWell(long readyAt, long now) {
        return deaths > 0
                && readyAt - lastDeath >= 0
                && now - readyAt >= rules.healthy().toNanos();
    }

    void reset() {
        deaths = 0;
        forgiven = 0;
        lastReason = "";
    }

    /** Counted ones in a row. */
    int deaths() {
        return deaths;
    }

    /** Zero when a start is allowed. */
    Duration left(long now) {
        return deaths == 0 || pauseEnd - now <= 0 ? Duration.ZERO : Duration.ofNanos(pauseEnd - now);
    }

    /** What a call is told while no start is allowed. */
    Optional<Problem> refusal(VersionId version, long now) {
        Duration left = left(now);
        return left.isZero()
                ? Optional.empty()
                : Optional.of(Refused.problem(
                        "RESTARTS_PAUSED",
                        "%s: %s (expected: a program that keeps running)".formatted(version.name(), describe(now)),
                        "Look at the service's log. To try at once, deploy it again."));
    }

    /** {@code died 3 times in a row, last: …; the next start is tried in 2 s}. */
    String describe(long now) {
        return "died %d times in a row, last: %s; the next start is tried in %s"
                .formatted(deaths, lastReason, Durations.rounded(left(now)));
    }
}
