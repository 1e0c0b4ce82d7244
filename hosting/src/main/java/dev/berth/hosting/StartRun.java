package dev.berth.hosting;

import dev.berth.core.BerthException;
import dev.berth.core.Version;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** One start, on a thread of its own: waits for its place, starts the instance, tells the pool's lifecycle. */
final class StartRun {
    private static final Logger LOG = System.getLogger(StartRun.class.getName());

    private final Version version;
    private final InstanceLifecycle lifecycle;
    private final PendingStart pending;
    private final PoolSurroundings around;

    private StartRun(VersionPool pool, PendingStart pending, PoolSurroundings around) {
        this.version = pool.version();
        this.lifecycle = pool.lifecycle();
        this.pending = pending;
        this.around = around;
    }

    static void begin(VersionPool pool, PendingStart pending, PoolSurroundings around) {
        Thread.ofVirtual().name("start " + pending.id()).start(new StartRun(pool, pending, around)::run);
    }

    private void run() {
        try (StartGate.Pass _ = around.pass(pending)) {
            if (lifecycle.begin(pending)) {
                lifecycle.started(pending, around.starter().start(version, pending.id(), pending.why()));
            }
        } catch (BerthException e) {
            lifecycle.failed(pending, e.problem());
        } catch (InterruptedException | RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The start of %s failed".formatted(pending.id()), e);
            lifecycle.failed(
                    pending,
                    Refused.problem(
                            "START_FAILED",
                            "The start of %s failed: %s".formatted(version.id(), e),
                            "See the server's log."));
        }
    }
}
