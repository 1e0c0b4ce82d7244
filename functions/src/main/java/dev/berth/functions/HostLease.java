package dev.berth.functions;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to run one invocation on a host; to be given back. */
final class HostLease implements AutoCloseable {
    private final FunctionHost host;
    private final boolean cold;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param cold whether the host had to be started for it */
    HostLease(FunctionHost host, boolean cold, Runnable release) {
        this.host = host;
        this.cold = cold;
        this.release = release;
    }

    FunctionHost host() {
        return host;
    }

    boolean isCold() {
        return cold;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
