package dev.berth.server;

import dev.berth.core.CallRecord;
import dev.berth.core.CallRecorder;
import dev.berth.core.Directory;
import dev.berth.core.DirectorySource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the calls of every service. Thread-safe. What a caller names is looked up in the directory: whatever is not
 * there is counted as {@link #UNKNOWN}, so that nobody outside can make labels.
 */
final class CallMetrics implements CallRecorder {
    static final String UNKNOWN = "_unknown";

    private final DirectorySource directory;
    private final Map<String, Map<String, ServiceCalls>> environments = new ConcurrentHashMap<>();

    CallMetrics(DirectorySource directory) {
        this.directory = directory;
    }

    @Override
    public void record(CallRecord call) {
        if (call.kind() == CallRecord.Kind.SERVICE) {
            of(call.environment(), call.service()).count(call);
        }
    }

    private ServiceCalls of(String environment, String service) {
        Map<String, ServiceCalls> services = environments.get(environment);
        ServiceCalls known = services == null ? null : services.get(service);
        return known == null ? create(environment, service) : known;
    }

    private ServiceCalls create(String environment, String service) {
        Directory current = directory.current();
        boolean environmentKnown = current.environment(environment).isPresent();
        String environmentLabel = environmentKnown ? environment : UNKNOWN;
        String serviceLabel = Services.isThere(current, environment, service) ? service : UNKNOWN;
        return environments
                .computeIfAbsent(environmentLabel, ignored -> new ConcurrentHashMap<>())
                .computeIfAbsent(serviceLabel, ignored -> new ServiceCalls());
    }

    /** By environment and service, of services that are still there; the others are forgotten. */
    Map<String, Map<String, ServiceCalls>> current() {
        Directory current = directory.current();
        environments
                .keySet()
                .removeIf(name ->
                        !name.equals(UNKNOWN) && current.environment(name).isEmpty());
        environments.forEach((environment, services) -> services.keySet()
                .removeIf(service -> !service.equals(UNKNOWN) && !Services.isThere(current, environment, service)));
        return environments;
    }

    void forget(String environment, String service) {
        environments.computeIfPresent(environment, (name, services) -> {
            services.remove(service);
            return services;
        });
    }
}
