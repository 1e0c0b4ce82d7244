package dev.berth.hosting;

import dev.berth.core.Event;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.VersionId;
import dev.berth.logs.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What happens to the instances of a version, for the events and the service's log. Noted under the pool's lock, told in
 * the same order outside it, because both may write to a disk.
 */
final class PoolDiary {
    private final VersionId version;
    private final InstanceEvents events;
    private final Log log;
    private final Queue<Runnable> notes = new ConcurrentLinkedQueue<>();
    private final ReentrantLock telling = new ReentrantLock();

    PoolDiary(VersionId version, InstanceEvents events, Log log) {
        this.version = version;
        this.events = events;
        this.log = log;
    }

    void leaving(PooledInstance instance, String why) {
        int calls = instance.inFlight;
        String reason = calls == 0
                ? why
                : "%s; it finishes the %s it has".formatted(why, calls == 1 ? "call" : calls + " calls");
        notes.add(() -> {
            events.tell(Event.Kind.INSTANCE_STOPPING, version, instance.id(), reason);
            log.append(instance.id(), "[berth] stopping: " + reason);
        });
    }

    void unreachable(PooledInstance instance) {
        notes.add(() -> {
            events.tell(Event.Kind.INSTANCE_UNREACHABLE, version, instance.id(), "accepts no connections any more");
            log.append(instance.id(), "[berth] accepts no connections any more");
        });
    }

    void paused(String instanceId, String reason) {
        notes.add(() -> {
            events.tell(Event.Kind.RESTARTS_PAUSED, version, version.name(), reason);
            log.append(instanceId, "[berth] " + reason);
        });
    }

    /** @param afterwards what is done once the end is in the log */
    void ended(PooledInstance instance, Exit exit, boolean asked, Runnable afterwards) {
        notes.add(() -> {
            events.tell(
                    asked ? Event.Kind.INSTANCE_STOPPED : Event.Kind.INSTANCE_EXITED,
                    version,
                    instance.id(),
                    exit.description());
            log.append(instance.id(), (asked ? "[berth] stopped: " : "[berth] exited: ") + exit.description());
            log.rest();
            afterwards.run();
        });
    }

    /** Tells what is noted, unless another thread is at it, which then tells this too. */
    void tell() {
        while (!notes.isEmpty() && telling.tryLock()) {
            try {
                for (Runnable note = notes.poll(); note != null; note = notes.poll()) {
                    note.run();
                }
            } finally {
                telling.unlock();
            }
        }
    }
}
