package dev.berth.functions;

import dev.berth.core.BerthException;
import dev.berth.core.FunctionId;
import dev.berth.core.Problem;
import dev.berth.core.Trigger;
import dev.berth.functions.TriggerStatus.Run;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** A trigger, when it is due next, and its latest run. Only the scheduler changes what is due; anybody may read. */
final class ScheduledTrigger {
    /** What stays the same when the expression changes. */
    record Key(FunctionId function, String trigger) {}

    private final FunctionId function;
    private final Trigger trigger;
    private final ZoneId zone;
    private final Optional<Cron> cron;
    private final Optional<Problem> problem;
    private volatile Optional<Instant> next = Optional.empty();
    private volatile Optional<Run> last = Optional.empty();
    private volatile CompletableFuture<?> claims = CompletableFuture.allOf();

    private ScheduledTrigger(
            FunctionId function, Trigger trigger, ZoneId zone, Optional<Cron> cron, Optional<Problem> problem) {
        this.function = function;
        this.trigger = trigger;
        this.zone = zone;
        this.cron = cron;
        this.problem = problem;
    }

    /** An expression that cannot be read is never due, and says why. */
    static ScheduledTrigger of(FunctionId function, Trigger trigger, ZoneId zone) {
        try {
            return new ScheduledTrigger(
                    function, trigger, zone, Optional.of(Cron.parse(trigger.cron())), Optional.empty());
        } catch (BerthException e) {
            return new ScheduledTrigger(function, trigger, zone, Optional.empty(), Optional.of(e.problem()));
        }
    }

    Key key() {
        return new Key(function, trigger.name());
    }

    FunctionId function() {
        return function;
    }

    Trigger trigger() {
        return trigger;
    }

    Optional<Instant> next() {
        return next;
    }

    void scheduleAfter(Instant time) {
        next = cron.flatMap(parsed -> parsed.next(time, zone));
    }

    /** One after the other: of two claims the earlier tick must come first, or it would be refused. */
    void claimInOrder(Runnable claim, Executor threads) {
        claims = claims.whenCompleteAsync((done, failed) -> claim.run(), threads);
    }

    /** Done when all ticks until now are claimed and, if they are ours, begun. */
    CompletableFuture<?> claims() {
        return claims;
    }

    synchronized void changeLast(UnaryOperator<Optional<Run>> change) {
        last = change.apply(last);
    }

    TriggerStatus status() {
        return new TriggerStatus(function, trigger, zone, next, problem, last);
    }
}
