package dev.berth.hosting;

import dev.berth.artifacts.KeyedLocks;
import dev.berth.artifacts.Trees;
import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.Registry;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import dev.berth.logs.LogBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** Takes a service or one of its versions away when asked to: out of the registry, then its instances, then its files. */
final class Removal {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

    private final OldVersions oldVersions;
    private final ServiceFolders folders;
    private final LogBook logs;
    private final InstanceRuntime runtime;
    private final Registry registry;
    private final ServiceLocks locks;
    private final ServiceActivator activator;

    Removal(
            OldVersions oldVersions,
            ServiceFolders folders,
            LogBook logs,
            InstanceRuntime runtime,
            Registry registry,
            ServiceLocks locks,
            ServiceActivator activator) {
        this.oldVersions = oldVersions;
        this.folders = folders;
        this.logs = logs;
        this.runtime = runtime;
        this.registry = registry;
        this.locks = locks;
        this.activator = activator;
    }

    /** @throws BerthException {@code VERSION_UNKNOWN}, or {@code VERSION_IN_USE} while it has traffic */
    void remove(VersionId version) {
        holding(version.environmentId(), version.service(), () -> {
            oldVersions.remove(version, DRAIN_LIMIT);
            return version;
        });
    }

    /** @throws BerthException {@code SERVICE_UNKNOWN} */
    void remove(String environmentId, String service) {
        holding(environmentId, service, () -> {
            List<Version> versions = registry.versions(environmentId, service);
            registry.removeService(environmentId, service);
            activator.remove(environmentId, service, DRAIN_LIMIT);
            for (Version version : versions) {
                runtime.discard(folders.filesOf(version.id()));
            }
            Trees.delete(folders.folderOf(environmentId, service));
            // a call that was chosen before the removal may have woken a version after its pool was closed
            activator.remove(environmentId, service, Duration.ZERO);
            logs.remove(environmentId, service);
            return versions.size();
        });
    }

    private <T> T holding(String environmentId, String service, KeyedLocks.Work<T, IOException> work) {
        try {
            return locks.holding(environmentId, service, work);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
