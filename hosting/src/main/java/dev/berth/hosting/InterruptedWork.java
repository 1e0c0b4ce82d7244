package dev.berth.hosting;

import static java.util.stream.Collectors.toSet;

import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Registry;
import dev.berth.core.Service;
import dev.berth.logs.LogBook;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What deployments and removals left that a killed server was at. The registry tells what there is; a service without
 * any version was about to get its first.
 */
final class InterruptedWork {
    private final Registry registry;
    private final DirectorySource directory;
    private final ServiceFolders folders;
    private final LogBook logs;

    InterruptedWork(Registry registry, DirectorySource directory, ServiceFolders folders, LogBook logs) {
        this.registry = registry;
        this.directory = directory;
        this.folders = folders;
        this.logs = logs;
    }

    void remove() throws IOException {
        for (EnvironmentEntry environment : directory.current().environments().values()) {
            for (ServiceEntry entry : environment.services().values()) {
                if (entry.release().isEmpty()) {
                    removeIfUnfinished(entry.service());
                }
            }
        }
        folders.sweep(this::versions);
        logs.sweep((environment, service) -> entry(environment, service).isPresent());
    }

    private void removeIfUnfinished(Service service) {
        if (registry.versions(service.environmentId(), service.name()).isEmpty()) {
            registry.removeService(service.environmentId(), service.name());
        }
    }

    /** The registry is asked only if the directory does not show them all: a start with thousands of services is to be quick. */
    private Collection<String> versions(String environmentId, String service, Set<String> found) {
        Optional<ServiceEntry> entry = entry(environmentId, service);
        if (entry.isEmpty()) {
            return List.of();
        }
        Set<String> live = entry.get().release().live().stream()
                .map(share -> share.version().id().name())
                .collect(toSet());
        if (live.containsAll(found)) {
            return live;
        }
        return registry.versions(environmentId, service).stream()
                .map(version -> version.id().name())
                .toList();
    }

    private Optional<ServiceEntry> entry(String environmentId, String service) {
        return directory.current().environment(environmentId).flatMap(env -> env.service(service));
    }
}
