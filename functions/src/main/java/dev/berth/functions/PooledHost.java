package dev.berth.functions;

import java.time.Duration;

/** A host with what its pool knows of it; guarded by the pool's lock. */
final class PooledHost {
    private final FunctionHost host;
    /** That it runs. */
    int invocations;

    boolean invoked;
    /** Whether somebody will look whether it is idle. */
    boolean watched;

    /** When it was used last, or else came, as {@link System#nanoTime}. */
    long lastNanos = System.nanoTime();

    PooledHost(FunctionHost host) {
        this.host = host;
    }

    FunctionHost host() {
        return host;
    }

    boolean isIdle() {
        return invocations == 0;
    }

    Duration unused() {
        return Duration.ofNanos(System.nanoTime() - lastNanos);
    }

    /** Whether it can be given one more invocation. */
    boolean hasRoom() {
        return invocations < host.version().settings().invocationsPerHost() && host.serves();
    }

    HostStatus status() {
        return host.status(state(), invocations, lastNanos);
    }

    private HostStatus.State state() {
        if (!isIdle()) {
            return HostStatus.State.BUSY;
        }
        return invoked ? HostStatus.State.IDLE : HostStatus.State.WARM;
    }
}
