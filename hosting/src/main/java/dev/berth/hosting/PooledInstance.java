package dev.berth.hosting;

import dev.berth.core.Endpoint;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.VersionId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A running instance with what its {@link VersionPool} knows of it. The fields are guarded by the pool's lock.
 */
final class PooledInstance {
    private static final int CONNECT_MILLIS = 1000;

    private final String id;
    private final Instance instance;
    private final Instant startedAt;
    private final Duration grace;
    private final CpuMeter cpu;
    int inFlight;
    long readyNanos;
    long lastUsedNanos;
    boolean called;
    boolean watched;
    boolean stopping;
    boolean gone;

    /** @param grace between being asked to end and being killed (HO-35) */
    PooledInstance(String id, Instance instance, Instant startedAt, Duration grace) {
        this.id = id;
        this.startedAt = startedAt;
        this.instance = instance;
        this.grace = grace;
        this.cpu = new CpuMeter(instance::usage);
    }

    String id() {
        return id;
    }

    Endpoint endpoint() {
        return instance.endpoint();
    }

    InstanceStatus status(VersionId version, InstanceStatus.State state) {
        return new InstanceStatus(id, version, state, instance.pid(), endpoint(), startedAt, inFlight);
    }

    /** Told once when nothing of the instance is left, or nobody can know any more. */
    void whenGone(Consumer<Exit> receiver) {
        var _ = instance.exited()
                .whenComplete((exit, broken) -> receiver.accept(
                        broken == null ? exit : new Exit(-1, "its end could not be watched (%s)".formatted(broken))));
    }

    /** For the one thread that looks at the load. */
    CpuMeter cpu() {
        return cpu;
    }

    /** Asks the runtime on a thread of its own: the caller may be an event loop, and holds the pool's lock. */
    void stop() {
        if (!stopping && !gone) {
            stopping = true;
            Thread.ofVirtual().name("stop " + id).start(() -> instance.stop(grace));
        }
    }

    /** Blocks up to a second. An instance too busy to accept in that time is taken to be alive. */
    boolean isAlive() {
        if (instance.exited().toCompletableFuture().isDone()) {
            return false;
        }
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(endpoint().host(), endpoint().port()), CONNECT_MILLIS);
            return true;
        } catch (SocketTimeoutException busy) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
