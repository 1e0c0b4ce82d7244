package dev.berth.hosting;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Looks at the load of a version while calls come, or while it has more instances than its minimum; a quiet version
 * costs nothing. The fields are guarded by the pool's lock; CPU time is asked for outside it.
 */
final class LoadWatch {
    private final VersionPool pool;
    private final InstanceSet instances;
    private final PoolStarts starts;
    private final PoolRules rules;
    private final PoolSurroundings around;
    private final Autoscaler scaler;
    private boolean planned;
    private boolean called;

    LoadWatch(VersionPool pool, InstanceSet instances, PoolStarts starts, PoolRules rules, PoolSurroundings around) {
        this.pool = pool;
        this.instances = instances;
        this.starts = starts;
        this.rules = rules;
        this.around = around;
        this.scaler = new Autoscaler(rules.scale(), rules.scaling());
    }

    /** A call got an instance. Under the pool's lock. */
    void called() {
        called = true;
        plan();
    }

    private void plan() {
        if (!planned && rules.scale().max() > 1) {
            planned = true;
            around.after(
                    rules.scaling().look(),
                    () -> Thread.ofVirtual()
                            .name("load of " + pool.version().id())
                            .start(this::look));
        }
    }

    private void look() {
        List<CpuMeter> meters;
        synchronized (pool) {
            meters = !called
                    ? List.of() // without calls another instance would not help, whatever this one is doing
                    : instances.serving().stream().map(PooledInstance::cpu).toList();
            called = instances.outstanding() > 0;
        }
        OptionalDouble cpu =
                CpuMeter.average(meters, around.nanos(), rules.scaling().window());
        synchronized (pool) {
            planned = false;
            int serving = instances.serving().size();
            if (serving > 0) {
                Autoscaler.Load load = new Autoscaler.Load(serving, instances.outstanding(), cpu);
                scaler.look(load, around.nanos()).ifPresent(this::follow);
            }
            if (called || instances.serving().size() > Math.max(1, rules.scale().min())) {
                plan();
            }
        }
        pool.tell();
    }

    private void follow(Autoscaler.Decision decision) {
        switch (decision.step()) {
            case UP -> {
                if (starts.addOne(decision.why())) {
                    scaler.followed(around.nanos());
                }
            }
            case DOWN -> {
                instances.mostSpareable().ifPresent(instance -> pool.lifecycle().letGo(instance, decision.why()));
                scaler.followed(around.nanos());
            }
        }
    }
}
