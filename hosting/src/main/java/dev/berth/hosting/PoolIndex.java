package dev.berth.hosting;

import static java.util.Objects.requireNonNull;

import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pools: by version for calls, without a lock; by service for everything else, without a look at the others. */
final class PoolIndex {
    private record ServiceKey(String environmentId, String service) {
        static ServiceKey of(VersionId version) {
            return new ServiceKey(version.environmentId(), version.service());
        }
    }

    private final ConcurrentMap<VersionId, VersionPool> byVersion = new ConcurrentHashMap<>();
    private final ConcurrentMap<ServiceKey, Map<VersionId, VersionPool>> byService = new ConcurrentHashMap<>();

    @Nullable
    VersionPool find(VersionId version) {
        return byVersion.get(version);
    }

    VersionPool findOrAdd(Version version, Function<Version, VersionPool> maker) {
        Map<VersionId, VersionPool> ofService =
                requireNonNull(byService.compute(ServiceKey.of(version.id()), (_, present) -> {
                    Map<VersionId, VersionPool> pools = present == null ? new HashMap<>() : new HashMap<>(present);
                    pools.computeIfAbsent(version.id(), id -> {
                        VersionPool made = maker.apply(version);
                        byVersion.put(id, made);
                        return made;
                    });
                    return Map.copyOf(pools);
                }));
        return requireNonNull(ofService.get(version.id()));
    }

    void forget(VersionPool pool) {
        VersionId version = pool.version().id();
        byService.computeIfPresent(ServiceKey.of(version), (_, present) -> {
            Map<VersionId, VersionPool> pools = new HashMap<>(present);
            if (pools.remove(version, pool)) {
                byVersion.remove(version, pool);
            }
            return pools.isEmpty() ? null : Map.copyOf(pools);
        });
    }

    /** As they are now. */
    Map<VersionId, VersionPool> of(String environmentId, String service) {
        return byService.getOrDefault(new ServiceKey(environmentId, service), Map.of());
    }

    Collection<VersionPool> all() {
        return List.copyOf(byVersion.values());
    }

    int size() {
        return byVersion.size();
    }
}
