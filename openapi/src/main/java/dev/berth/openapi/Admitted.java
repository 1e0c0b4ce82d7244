package dev.berth.openapi;

import dev.berth.core.Asker.InstanceAsker;
import dev.berth.core.FunctionVersionId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An instance or a host of a function that may use the relay, until its admission ends. Thread-safe. */
final class Admitted {
    private final String id;
    private final String name;
    private final Optional<InstanceAsker> asker;
    private final Set<Runnable> ends = new LinkedHashSet<>();
    private boolean ended;

    private Admitted(String id, String name, Optional<InstanceAsker> asker) {
        this.id = id;
        this.name = name;
        this.asker = asker;
    }

    static Admitted instance(InstanceAsker asker) {
        return new Admitted(asker.instanceId(), asker.toString(), Optional.of(asker));
    }

    static Admitted host(FunctionVersionId version, String hostId) {
        return new Admitted(hostId, "%s, host of %s".formatted(hostId, version), Optional.empty());
    }

    /** Unique. */
    String id() {
        return id;
    }

    /** Who asks WeChat; empty for a host, to which WeChat is a host like any other. */
    Optional<InstanceAsker> asker() {
        return asker;
    }

    /** The name that leads to the relay from in there. */
    String intercepted() {
        return asker.isPresent() ? RelayTarget.WECHAT : PlatformNames.ADMIN;
    }

    synchronized boolean isOpen() {
        return !ended;
    }

    /**
     * Ties something to the admission.
     *
     * @param end run when the admission ends, on that thread; at once if it has ended
     * @return what unties it
     */
    Runnable tie(Runnable end) {
        synchronized (this) {
            if (!ended) {
                ends.add(end);
                return () -> untie(end);
            }
        }
        end.run();
        return () -> {};
    }

    private synchronized void untie(Runnable end) {
        ends.remove(end);
    }

    void end() {
        List<Runnable> tied;
        synchronized (this) {
            ended = true;
            tied = new ArrayList<>(ends);
            ends.clear();
        }
        tied.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return name;
    }
}
