package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An immutable picture of everything that a call is decided by. Any number of threads may read it; a change makes a new
 * one.
 */
public record Directory(Map<String, App> apps, Map<String, EnvironmentEntry> environments) {
    public static final Directory EMPTY = new Directory(Map.of(), Map.of());

    /**
     * @param grants AppIDs that the owner shares the environment with (CH-130)
     * @param cloudCall what its services may ask of WeChat
     * @param services by name
     * @param functions by name
     */
    public record EnvironmentEntry(
            Environment environment,
            Set<String> grants,
            CloudCall cloudCall,
            Map<String, ServiceEntry> services,
            Map<String, FunctionEntry> functions) {
        /** Without functions. */
        public EnvironmentEntry(
                Environment environment, Set<String> grants, CloudCall cloudCall, Map<String, ServiceEntry> services) {
            this(environment, grants, cloudCall, services, Map.of());
        }

        public EnvironmentEntry {
            grants = Set.copyOf(grants);
            requireNonNull(cloudCall, "cloudCall is null");
            services = Map.copyOf(services);
            functions = Map.copyOf(functions);
        }

        public Optional<ServiceEntry> service(String name) {
            return Optional.ofNullable(services.get(name));
        }

        public Optional<FunctionEntry> function(String name) {
            return Optional.ofNullable(functions.get(name));
        }
    }

    public record ServiceEntry(Service service, Release release) {}

    /** @param live the version that runs every invocation */
    public record FunctionEntry(FunctionId id, FunctionVersion live) {
        public FunctionEntry {
            requireNonNull(id, "id is null");
            requireNonNull(live, "live is null");
        }
    }

    public Directory {
        apps = Map.copyOf(apps);
        environments = Map.copyOf(environments);
    }

    public Optional<App> app(String id) {
        return Optional.ofNullable(apps.get(id));
    }

    public Optional<FunctionEntry> function(FunctionId id) {
        return environment(id.environmentId()).flatMap(entry -> entry.function(id.name()));
    }

    public Optional<EnvironmentEntry> environment(String id) {
        return Optional.ofNullable(environments.get(id));
    }
}
