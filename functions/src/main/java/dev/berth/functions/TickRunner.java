package dev.berth.functions;

import dev.berth.core.FunctionInvoker;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Invocation;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.Origin;
import dev.berth.core.TickClaims;
import dev.berth.functions.Schedule.Tick;
import dev.berth.functions.TriggerStatus.End;
import dev.berth.functions.TriggerStatus.Run;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Claims a tick and invokes the function, if no other node and no earlier start claimed it. Blocks for the claim only:
 * runs may overlap (HO-64).
 */
final class TickRunner {
    private static final System.Logger LOG = System.getLogger(TickRunner.class.getName());

    private final TickClaims claims;
    private final FunctionInvoker invoker;
    private final InstantSource clock;

    TickRunner(TickClaims claims, FunctionInvoker invoker, InstantSource clock) {
        this.claims = claims;
        this.invoker = invoker;
        this.clock = clock;
    }

    void run(Tick tick) {
        if (Schedule.isMissed(tick.time(), clock.instant())) { // the claims before it took that long
            LOG.log(Level.WARNING, "The tick {0} is missed: claims take too long", name(tick));
            return;
        }
        try {
            if (claim(tick)) {
                begin(tick);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The tick " + name(tick) + " does not run", e);
        }
    }

    private boolean claim(Tick tick) {
        return claims.claimTick(
                tick.trigger().function(), tick.trigger().trigger().name(), tick.time());
    }

    private void begin(Tick tick) {
        ScheduledTrigger trigger = tick.trigger();
        trigger.changeLast(last -> Optional.of(new Run(tick.time(), Optional.empty())));
        String event = TimerEvent.of(trigger.trigger(), tick.time());
        invoker.invoke(new Invocation(trigger.function(), event, Origin.timer()))
                .thenAccept(outcome -> end(trigger, tick.time(), outcome));
    }

    /** What it returned is dropped (HO-64). */
    private static void end(ScheduledTrigger trigger, Instant tick, Outcome outcome) {
        Optional<End> end = Optional.of(new End(
                outcome.requestId(),
                outcome.result() instanceof Failed failed ? Optional.of(failed.error()) : Optional.empty(),
                outcome.total()));
        trigger.changeLast(last -> last.map(run -> run.tick().equals(tick) ? new Run(tick, end) : run));
    }

    private static String name(Tick tick) {
        return "%s of trigger %s of %s"
                .formatted(
                        tick.time(),
                        tick.trigger().trigger().name(),
                        tick.trigger().function());
    }
}
