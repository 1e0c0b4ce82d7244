package dev.berth.core;

import java.util.Set;

/** An HTTP backend in an environment; what it runs is said by its {@link Version versions} and its {@link Release}. */
public record Service(String environmentId, String name, Set<AccessKind> access) {
    public Service {
        Names.requireEnvironmentId(environmentId);
        Names.requireServiceName(name);
        access = Set.copyOf(access);
    }

    public boolean isOpenTo(AccessKind kind) {
        return access.contains(kind);
    }
}
