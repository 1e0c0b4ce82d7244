package dev.berth.functions;

import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.Trigger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which trigger is due when. A tick that is found later than {@link #GRACE} after its time is missed, and not made up
 * (HO-64): so neither a machine that slept nor a clock that jumps forward makes a backlog.
 *
 * <p>Changed by one thread; any may read {@link #triggers}.
 */
final class Schedule {
    static final Duration GRACE = Duration.ofSeconds(10);

    /** A clock set back by more makes what is due be looked up anew; what ran already is refused by its claim. */
    private static final Duration SET_BACK = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(Schedule.class.getName());

    record Tick(Instant time, ScheduledTrigger trigger) {}

    private final ZoneId zone;
    private final Map<ScheduledTrigger.Key, ScheduledTrigger> triggers = new ConcurrentHashMap<>();
    private final PriorityQueue<Tick> ticks = new PriorityQueue<>(Comparator.comparing(Tick::time));
    private Directory followed = Directory.EMPTY;
    private Instant latest = Instant.EPOCH;

    Schedule(ZoneId zone) {
        this.zone = zone;
    }

    Collection<ScheduledTrigger> triggers() {
        return triggers.values();
    }

    /** Takes over what changed; next to nothing if nothing did. A trigger that stays keeps what it is due for. */
    @SuppressWarnings("ReferenceEquality") // every change makes a new one, and a look at its content is what this saves
    void follow(Directory directory, Instant now) {
        if (directory == followed) {
            return;
        }
        Set<ScheduledTrigger.Key> present = new HashSet<>();
        for (EnvironmentEntry environment : directory.environments().values()) {
            for (FunctionEntry function : environment.functions().values()) {
                for (Trigger trigger : function.live().settings().triggers()) {
                    ScheduledTrigger.Key key = new ScheduledTrigger.Key(function.id(), trigger.name());
                    present.add(key);
                    put(key, trigger, now);
                }
            }
        }
        triggers.keySet().retainAll(present);
        ticks.removeIf(tick -> !isScheduled(tick));
        followed = directory;
    }

    private void put(ScheduledTrigger.Key key, Trigger trigger, Instant now) {
        ScheduledTrigger known = triggers.get(key);
        if (known != null && known.trigger().equals(trigger)) {
            return;
        }
        ScheduledTrigger added = ScheduledTrigger.of(key.function(), trigger, zone);
        added.status()
                .problem()
                .ifPresent(problem -> LOG.log(
                        Level.WARNING,
                        "Trigger {0} of {1} never runs: {2}",
                        trigger.name(),
                        key.function(),
                        problem.message()));
        triggers.put(key, added);
        schedule(added, now);
    }

    /** What is due by now, the earliest first, each once. */
    List<Tick> due(Instant now) {
        if (now.isBefore(latest.minus(SET_BACK))) {
            ticks.clear();
            triggers.values().forEach(trigger -> schedule(trigger, now));
        }
        latest = now;
        List<Tick> due = new ArrayList<>();
        int missed = 0;
        while (!ticks.isEmpty() && !ticks.element().time().isAfter(now)) {
            Tick tick = ticks.remove();
            if (isMissed(tick.time(), now)) {
                missed++;
                schedule(tick.trigger(), now.minusNanos(1));
            } else {
                due.add(tick);
                schedule(tick.trigger(), tick.time());
            }
        }
        if (missed > 0) {
            LOG.log(
                    Level.WARNING,
                    "{0} triggers missed ticks, which are not made up: the clock or the machine stood still",
                    missed);
        }
        return due;
    }

    static boolean isMissed(Instant tick, Instant now) {
        return tick.isBefore(now.minus(GRACE));
    }

    Optional<Instant> next() {
        return Optional.ofNullable(ticks.peek()).map(Tick::time);
    }

    private void schedule(ScheduledTrigger trigger, Instant after) {
        trigger.scheduleAfter(after);
        trigger.next().ifPresent(time -> ticks.add(new Tick(time, trigger)));
    }

    /** Not of a trigger that was removed or replaced. */
    private boolean isScheduled(Tick tick) {
        return triggers.get(tick.trigger().key()) == tick.trigger();
    }
}
