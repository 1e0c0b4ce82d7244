package dev.berth.hosting;

import dev.berth.artifacts.Trees;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.Registry;
import dev.berth.core.Release;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Takes versions away. Without being asked, those that are older than the newest {@value #KEPT} without traffic; but
 * never one that has traffic or instances, nor the two that had all the traffic last.
 */
final class OldVersions {
    static final int KEPT = 10;

    private final ServiceFolders folders;
    private final InstanceRuntime runtime;
    private final Registry registry;
    private final ServiceActivator activator;

    OldVersions(ServiceFolders folders, InstanceRuntime runtime, Registry registry, ServiceActivator activator) {
        this.folders = folders;
        this.runtime = runtime;
        this.registry = registry;
        this.activator = activator;
    }

    /** To be called with the service's lock. */
    void prune(String environmentId, String service, Release release) throws IOException {
        List<VersionId> back = registry.fullReleases(environmentId, service).stream()
                .distinct()
                .limit(2)
                .toList();
        List<VersionId> old = registry.versions(environmentId, service).stream()
                .map(Version::id)
                .filter(id -> release.weightOf(id) == 0)
                .skip(KEPT)
                .filter(id -> !back.contains(id) && !hasInstances(id))
                .toList();
        for (VersionId id : old) {
            remove(id, Duration.ZERO);
        }
    }

    /**
     * To be called with the service's lock.
     *
     * @param drain how long calls in flight may take to end
     * @throws dev.berth.core.BerthException {@code VERSION_IN_USE}, {@code VERSION_UNKNOWN}
     */
    void remove(VersionId version, Duration drain) throws IOException {
        registry.removeVersion(version);
        activator.remove(version, drain);
        runtime.discard(folders.filesOf(version));
        Trees.delete(folders.filesOf(version));
    }

    private boolean hasInstances(VersionId version) {
        PoolCount count =
                activator.counts(version.environmentId(), version.service()).get(version);
        return count != null && count.instances() > 0;
    }
}
