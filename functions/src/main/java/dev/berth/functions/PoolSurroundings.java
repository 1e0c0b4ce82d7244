package dev.berth.functions;

import dev.berth.core.FunctionError;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * What all pools share.
 *
 * @param startsAhead bounds the starts that nobody waits for
 * @param whenUnused told when a pool may have become so; not under its lock
 */
record PoolSurroundings(
        HostStarter starter,
        FunctionRules rules,
        HostTimers timers,
        HostMemory memory,
        Semaphore startsAhead,
        Consumer<HostPool> whenUnused) {

    static InvocationFailure stopping() {
        return new InvocationFailure(
                FunctionError.PLATFORM_FAILED, FunctionError.PLATFORM_FAILED.text() + ": the server stops");
    }
}
