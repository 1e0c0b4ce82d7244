package dev.berth.server;

import dev.berth.core.Asker.InstanceAsker;
import dev.berth.hosting.Hosting;
import dev.berth.openapi.InstanceLog;
import java.util.concurrent.CompletableFuture;

/**
 * What Berth has to say to services, in their logs. Whoever tells does not wait for the disk, nor for the hosting: that is
 * opened later, for instances need the inward door, and tell nothing before.
 */
final class ServiceLogs implements InstanceLog {
    private final CompletableFuture<Hosting> hosting = new CompletableFuture<>();

    void of(Hosting opened) {
        hosting.complete(opened);
    }

    @Override
    public void tell(InstanceAsker asker, String line) {
        var _ = hosting.thenAcceptAsync(
                its -> its.log(asker.version().environmentId(), asker.version().service())
                        .append(asker.instanceId(), "[berth] " + line),
                Thread::startVirtualThread);
    }
}
