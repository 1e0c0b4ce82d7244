package dev.berth.store;

import dev.berth.core.App;
import dev.berth.core.CloudCall;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.Environment;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersion;
import dev.berth.core.Release;
import dev.berth.core.Service;
import dev.berth.core.VersionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Each change of the directory, as the step from one picture to the next. Copies one environment, shares the others. */
final class DirectoryChanges {
    private DirectoryChanges() {}

    static UnaryOperator<Directory> app(App app) {
        return directory ->
                new Directory(changed(directory.apps(), apps -> apps.put(app.id(), app)), directory.environments());
    }

    static UnaryOperator<Directory> environment(Environment environment) {
        return directory -> new Directory(
                directory.apps(),
                changed(
                        directory.environments(),
                        all -> all.putIfAbsent(
                                environment.id(),
                                new EnvironmentEntry(environment, Set.of(), CloudCall.DEFAULT, Map.of()))));
    }

    static UnaryOperator<Directory> grant(String environmentId, String appId) {
        return grants(environmentId, grants -> grants.add(appId));
    }

    static UnaryOperator<Directory> withdraw(String environmentId, String appId) {
        return grants(environmentId, grants -> grants.remove(appId));
    }

    static UnaryOperator<Directory> cloudCall(String environmentId, CloudCall settings) {
        return entry(
                environmentId,
                entry -> new EnvironmentEntry(
                        entry.environment(), entry.grants(), settings, entry.services(), entry.functions()));
    }

    static UnaryOperator<Directory> service(Service service) {
        return services(
                service.environmentId(),
                services -> services.merge(
                        service.name(),
                        new ServiceEntry(service, Release.NONE),
                        (before, fresh) -> new ServiceEntry(service, before.release())));
    }

    static UnaryOperator<Directory> removal(String environmentId, String service) {
        return services(environmentId, services -> services.remove(service));
    }

    static UnaryOperator<Directory> release(String environmentId, String service, Release release) {
        return released(environmentId, service, before -> release);
    }

    static UnaryOperator<Directory> versionRemoval(VersionId version) {
        return released(version.environmentId(), version.service(), before -> before.without(version));
    }

    /** This version is the live one. */
    static UnaryOperator<Directory> function(FunctionVersion version) {
        FunctionId id = version.id().function();
        return functions(id.environmentId(), functions -> functions.put(id.name(), new FunctionEntry(id, version)));
    }

    static UnaryOperator<Directory> functionRemoval(FunctionId id) {
        return functions(id.environmentId(), functions -> functions.remove(id.name()));
    }

    private static UnaryOperator<Directory> released(
            String environmentId, String service, UnaryOperator<Release> change) {
        return services(
                environmentId,
                services -> services.computeIfPresent(
                        service, (name, before) -> new ServiceEntry(before.service(), change.apply(before.release()))));
    }

    private static UnaryOperator<Directory> grants(String environmentId, Consumer<Set<String>> change) {
        return entry(environmentId, entry -> {
            Set<String> grants = new HashSet<>(entry.grants());
            change.accept(grants);
            return new EnvironmentEntry(
                    entry.environment(), grants, entry.cloudCall(), entry.services(), entry.functions());
        });
    }

    private static UnaryOperator<Directory> services(String environmentId, Consumer<Map<String, ServiceEntry>> change) {
        return entry(
                environmentId,
                entry -> new EnvironmentEntry(
                        entry.environment(),
                        entry.grants(),
                        entry.cloudCall(),
                        changed(entry.services(), change),
                        entry.functions()));
    }

    private static UnaryOperator<Directory> functions(
            String environmentId, Consumer<Map<String, FunctionEntry>> change) {
        return entry(
                environmentId,
                entry -> new EnvironmentEntry(
                        entry.environment(),
                        entry.grants(),
                        entry.cloudCall(),
                        entry.services(),
                        changed(entry.functions(), change)));
    }

    private static UnaryOperator<Directory> entry(String environmentId, UnaryOperator<EnvironmentEntry> change) {
        return directory -> new Directory(
                directory.apps(),
                changed(
                        directory.environments(),
                        all -> all.computeIfPresent(environmentId, (id, entry) -> change.apply(entry))));
    }

    private static <V> Map<String, V> changed(Map<String, V> before, Consumer<Map<String, V>> change) {
        Map<String, V> copy = new HashMap<>(before);
        change.accept(copy);
        return copy;
    }
}
