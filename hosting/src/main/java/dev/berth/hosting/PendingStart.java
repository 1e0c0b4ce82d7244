package dev.berth.hosting;

import dev.berth.core.Endpoint;
import dev.berth.core.Version;
import java.time.Instant;

/** A start that was decided and has not ended yet. The fields are guarded by the pool's lock. */
final class PendingStart {
    private final String id;
    private final String why;
    private final Instant since;
    private final boolean forCalls;

    /** Whether calls may rely on it: one that still queues behind the starts of other services can be dropped. */
    boolean begun;

    /** The version lost its traffic meanwhile: the instance serves who waited, and leaves. */
    boolean retired;

    PendingStart(String id, String why, Instant since, boolean forCalls) {
        this.id = id;
        this.why = why;
        this.since = since;
        this.forCalls = forCalls;
        this.begun = forCalls;
    }

    String id() {
        return id;
    }

    String why() {
        return why;
    }

    /** Whether calls wait for it, rather than that it is made ahead of them. */
    boolean isForCalls() {
        return forCalls;
    }

    InstanceStatus status(Version version) {
        Endpoint unknown = new Endpoint("127.0.0.1", version.launch().port().orElse(0));
        return new InstanceStatus(id, version.id(), InstanceStatus.State.STARTING, 0, unknown, since, 0);
    }
}
