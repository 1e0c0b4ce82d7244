package dev.berth.functions;

import dev.berth.core.FunctionInvoker.Outcome;
import java.util.concurrent.CompletionStage;

/** An invocation that is debugged, in a host of its own, without a limit of time. */
public interface Inspection extends AutoCloseable {
    /** Never fails. */
    CompletionStage<Outcome> outcome();

    /** Cancels it, if it still runs. Repeatable; returns at once. */
    @Override
    void close();
}
