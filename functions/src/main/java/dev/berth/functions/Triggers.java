package dev.berth.functions;

import dev.berth.core.BerthException;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker.Outcome;
import java.util.List;

/** What an operator may see of the triggers of functions, and do with them. Blocks; thread-safe. */
public interface Triggers {
    /** By function and trigger; a deployment shows within a second. None if there is no such environment. */
    List<TriggerStatus> list(String environmentId);

    /**
     * Invokes the function as the trigger would, the time being now; beside the ticks, which stay as they are.
     *
     * @return how it ended, with what it wrote
     * @throws BerthException {@code FUNCTION_UNKNOWN}, {@code TRIGGER_UNKNOWN}
     * @throws InterruptedException if the thread is; the function runs on
     */
    Outcome runNow(FunctionId function, String trigger) throws InterruptedException;
}
