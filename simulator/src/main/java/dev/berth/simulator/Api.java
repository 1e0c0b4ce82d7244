package dev.berth.simulator;

/** What an open API does once the call has shown a good token and is well formed. */
@FunctionalInterface
interface Api {
    /**
     * Runs on the simulator's lane, inside the transaction of {@link ApiCall#handle()}, which is undone only when this
     * throws: a {@link Reply.Denied} keeps what was written.
     */
    Reply answer(ApiCall call);
}
