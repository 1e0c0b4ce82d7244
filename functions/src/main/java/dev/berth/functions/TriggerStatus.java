package dev.berth.functions;

import dev.berth.core.FunctionError;
import dev.berth.core.FunctionId;
import dev.berth.core.Problem;
import dev.berth.core.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How a trigger stands.
 *
 * @param zone in which its expression is read
 * @param next when it is due; empty if never again
 * @param problem what is wrong with its expression
 * @param last the latest tick that this node ran, since it started; another node may have run a later one
 */
public record TriggerStatus(
        FunctionId function,
        Trigger trigger,
        ZoneId zone,
        Optional<Instant> next,
        Optional<Problem> problem,
        Optional<Run> last) {
    /**
     * @param tick when it was due
     * @param end empty while it runs
     */
    public record Run(Instant tick, Optional<End> end) {}

    /**
     * @param requestId stands in the log of the function before each line of the run
     * @param error empty if the function returned
     * @param total from the tick's invocation to its outcome
     */
    public record End(String requestId, Optional<FunctionError> error, Duration total) {}
}
