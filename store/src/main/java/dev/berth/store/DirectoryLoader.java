package dev.berth.store;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.CloudCall;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.Environment;
import dev.berth.core.Release;
import dev.berth.core.Release.Share;
import dev.berth.core.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The whole directory out of the database, in one pass over each table. */
final class DirectoryLoader {
    private DirectoryLoader() {}

    static Directory load(Handle handle, Vault vault) {
        Map<String, App> apps = new HashMap<>();
        rows(
                        handle,
                        "SELECT id, kind FROM app",
                        (row, context) -> new App(row.getString(1), AppKind.valueOf(row.getString(2))))
                .forEach(app -> apps.put(app.id(), app));

        Map<String, Set<String>> grants = grants(handle);
        Map<String, CloudCall> cloudCalls = CloudCallRows.all(handle);
        Map<String, Map<String, ServiceEntry>> services = services(handle, vault);
        Map<String, Map<String, FunctionEntry>> functions = FunctionRows.all(handle, vault);
        Map<String, EnvironmentEntry> environments = new HashMap<>();
        rows(
                        handle,
                        "SELECT id, app_id FROM environment",
                        (row, context) -> new Environment(row.getString(1), row.getString(2)))
                .forEach(environment -> environments.put(
                        environment.id(),
                        new EnvironmentEntry(
                                environment,
                                grants.getOrDefault(environment.id(), Set.of()),
                                cloudCalls.getOrDefault(environment.id(), CloudCall.DEFAULT),
                                services.getOrDefault(environment.id(), Map.of()),
                                functions.getOrDefault(environment.id(), Map.of()))));
        return new Directory(apps, environments);
    }

    private static Map<String, Set<String>> grants(Handle handle) {
        record Grant(String environmentId, String appId) {}
        Map<String, Set<String>> grants = new HashMap<>();
        rows(
                        handle,
                        "SELECT environment_id, app_id FROM environment_grant",
                        (row, context) -> new Grant(row.getString(1), row.getString(2)))
                .forEach(grant -> grants.computeIfAbsent(grant.environmentId(), id -> new HashSet<>())
                        .add(grant.appId()));
        return grants;
    }

    private static Map<String, Map<String, ServiceEntry>> services(Handle handle, Vault vault) {
        Map<String, Map<String, List<Share>>> shares = shares(handle, vault);
        Map<String, Map<String, ServiceEntry>> services = new HashMap<>();
        rows(
                        handle,
                        "SELECT environment_id, name, access FROM service",
                        (row, context) ->
                                new Service(row.getString(1), row.getString(2), AccessColumn.parse(row.getString(3))))
                .forEach(service -> services.computeIfAbsent(service.environmentId(), id -> new HashMap<>())
                        .put(service.name(), new ServiceEntry(service, release(shares, service))));
        return services;
    }

    private static Release release(Map<String, Map<String, List<Share>>> shares, Service service) {
        return new Release(
                shares.getOrDefault(service.environmentId(), Map.of()).getOrDefault(service.name(), List.of()));
    }

    private static Map<String, Map<String, List<Share>>> shares(Handle handle, Vault vault) {
        Map<String, Map<String, List<Share>>> shares = new HashMap<>();
        rows(handle, """
                SELECT version.*, release_share.weight FROM release_share
                JOIN version USING (environment_id, service, number)
                ORDER BY release_share.position
                """, (row, context) -> new Share(VersionRows.map(vault, row), row.getInt("weight")))
                .forEach(share -> shares.computeIfAbsent(share.version().id().environmentId(), id -> new HashMap<>())
                        .computeIfAbsent(share.version().id().service(), name -> new ArrayList<>())
                        .add(share));
        return shares;
    }

    private static <T> List<T> rows(Handle handle, String query, RowMapper<T> mapper) {
        return handle.createQuery(query).map(mapper).list();
    }
}
