package dev.berth.functions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.core.Trigger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a function is given by its timer (AD-77). */
final class TimerEvent {
    private TimerEvent() {}

    /** JSON text; the time is in UTC, in whole seconds. */
    static String of(Trigger trigger, Instant time) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Type", "Timer")
                .put("TriggerName", trigger.name())
                .put("Time", time.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("Message", "")
                .toString();
    }
}
