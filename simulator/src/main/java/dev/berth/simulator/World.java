package dev.berth.simulator;

import io.vertx.core.Future;
import java.time.Duration;

/** What the open API and the control API share. */
record World(
        SimulatorOptions options,
        Database database,
        SimulatedClock clock,
        Chance chance,
        Quotas quotas,
        Faults faults,
        Journal journal) {
    static World of(SimulatorOptions options, Database database) {
        return new World(
                options,
                database,
                new SimulatedClock(options.clock()),
                new Chance(options.seed()),
                new Quotas(),
                new Faults(),
                new Journal());
    }

    /** As at the start, but that apps and users stay. */
    Future<?> reset() {
        return database.inTransaction(handle -> {
            Schema.clearState(handle);
            clock.runAt(Duration.ZERO);
            chance.reseed(options.seed());
            quotas.reset();
            faults.reset();
            journal.reset();
            return true;
        });
    }
}
