package dev.berth.hosting;

import dev.berth.core.BerthException;
import dev.berth.core.Version;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** One start, on a thread of its own: waits for its place, starts the instance, tells the pool. */
final class StartRun {
    private static final Logger LOG = System.getLogger(StartRun.class.getName());

    private final VersionPool pool;
    private final PendingStart pending;
    private final PoolSurroundings around;

    private StartRun(VersionPool pool, PendingStart pending, PoolSurroundings around) {
        this.pool = pool;
        this.pending = pending;
        this.around = around;
    }

    static void begin(VersionPool pool, PendingStart pending, PoolSurroundings around) {
        Thread.ofVirtual().name("start " + pending.id()).start(new StartRun(pool, pending, around)::run);
    }

    private void run() {
        Version version = pool.version();
        try (StartGate.Pass _ = around.pass(pending)) {
            if (pool.begin(pending)) {
                pool.started(pending, around.starter().start(version, pending.id(), pending.why()));
            }
        } catch (BerthException e) {
            pool.failed(pending, e.problem());
        } catch (InterruptedException | RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The start of %s failed".formatted(pending.id()), e);
            pool.failed(
                    pending,
                    Refused.problem(
                            "START_FAILED",
                            "The start of %s failed: %s".formatted(version.id(), e),
                            "See the server's log."));
        }
    }
}
