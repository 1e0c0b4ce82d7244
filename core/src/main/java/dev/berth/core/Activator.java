package dev.berth.core;

/** Port: a running instance for a call, started if there is none. */
@FunctionalInterface
public interface Activator {
    /**
     * Never blocks. With a warm instance the receiver is told before this method returns; otherwise later, on any
     * thread, exactly once. A receiver that no longer wants the lease then ends it at once.
     */
    void lease(Version version, LeaseReceiver receiver);

    interface LeaseReceiver {
        void granted(Lease lease);

        void refused(StartFailure failure);
    }

    /** The right to use an instance for one call; the instance is not stopped before {@link #end} (HO-14). */
    interface Lease {
        Endpoint endpoint();

        String instanceId();

        /** Whether the call had to wait for a start. */
        boolean cold();

        /** To be called exactly once. */
        void end();

        /** Like {@link #end}, after the instance refused or broke a connection: it is looked at before it gets more. */
        void endBroken();
    }
}
