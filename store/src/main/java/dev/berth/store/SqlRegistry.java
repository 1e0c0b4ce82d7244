package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.App;
import dev.berth.core.CloudCall;
import dev.berth.core.Directory;
import dev.berth.core.Environment;
import dev.berth.core.Names;
import dev.berth.core.Registry;
import dev.berth.core.Release;
import dev.berth.core.Service;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** The registry in SQL: one transaction per change, then the step of the directory. */
final class SqlRegistry implements Registry {
    private final Database database;
    private final Vault vault;
    private final LiveDirectory directory;

    SqlRegistry(Database database, Vault vault, LiveDirectory directory) {
        this.database = database;
        this.vault = vault;
        this.directory = directory;
    }

    @Override
    public void putApp(App app, String secret) {
        String sealed = vault.seal(SqlAppSecrets.place(app.id()), secret.getBytes(UTF_8));
        change(
                handle -> {
                    handle.createUpdate("""
                            INSERT INTO app (id, kind, sealed_secret) VALUES (:id, :kind, :secret)
                            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, sealed_secret = excluded.sealed_secret
                            """)
                            .bind("id", app.id())
                            .bind("kind", app.kind().name())
                            .bind("secret", sealed)
                            .execute();
                    SqlTokens.forget(handle, app.id()); // it was had with the secret before
                },
                DirectoryChanges.app(app));
    }

    @Override
    public void putEnvironment(Environment environment) {
        change(
                handle -> {
                    RegistryRows.requireApp(handle, environment.appId());
                    RegistryRows.ownerOf(handle, environment.id())
                            .filter(owner -> !owner.equals(environment.appId()))
                            .ifPresent(owner -> {
                                throw RegistryProblems.environmentTaken(environment.id(), owner);
                            });
                    handle.execute(
                            "INSERT INTO environment (id, app_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                            environment.id(),
                            environment.appId());
                },
                DirectoryChanges.environment(environment));
    }

    @Override
    public void grant(String environmentId, String appId) {
        change(
                handle -> {
                    RegistryRows.requireEnvironment(handle, environmentId);
                    RegistryRows.requireApp(handle, appId);
                    handle.execute(
                            "INSERT INTO environment_grant (environment_id, app_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                            environmentId,
                            appId);
                },
                DirectoryChanges.grant(environmentId, appId));
    }

    /** Nothing happens if the environment was not shared with the app. */
    @Override
    public void withdraw(String environmentId, String appId) {
        change(
                handle -> {
                    RegistryRows.requireEnvironment(handle, environmentId);
                    handle.execute(
                            "DELETE FROM environment_grant WHERE environment_id = ? AND app_id = ?",
                            environmentId,
                            appId);
                },
                DirectoryChanges.withdraw(environmentId, appId));
    }

    @Override
    public CloudCall changeCloudCall(String environmentId, UnaryOperator<CloudCall> change) {
        return database.writer()
                .call(
                        handle -> {
                            RegistryRows.requireEnvironment(handle, environmentId);
                            CloudCall changed = change.apply(CloudCallRows.get(handle, environmentId));
                            CloudCallRows.put(handle, environmentId, changed);
                            return changed;
                        },
                        changed -> directory.replace(DirectoryChanges.cloudCall(environmentId, changed)));
    }

    @Override
    public void putService(Service service) {
        change(
                handle -> {
                    RegistryRows.requireEnvironment(handle, service.environmentId());
                    handle.execute("""
                            INSERT INTO service (environment_id, name, access) VALUES (?, ?, ?)
                            ON CONFLICT (environment_id, name) DO UPDATE SET access = excluded.access
                            """, service.environmentId(), service.name(), AccessColumn.format(service.access()));
                },
                DirectoryChanges.service(service));
    }

    /** Its versions and its release go with it; the count of its versions stays (HO-3). */
    @Override
    public void removeService(String environmentId, String service) {
        change(
                handle -> {
                    RegistryRows.requireService(handle, environmentId, service);
                    handle.execute("DELETE FROM service WHERE environment_id = ? AND name = ?", environmentId, service);
                },
                DirectoryChanges.removal(environmentId, service));
    }

    @Override
    public VersionId reserveVersion(String environmentId, String service) {
        Names.requireServiceName(service);
        return database.writer().call(handle -> {
            RegistryRows.requireService(handle, environmentId, service);
            return new VersionId(environmentId, service, RegistryRows.nextNumber(handle, environmentId, service));
        });
    }

    @Override
    public void addAndRelease(Version version) {
        VersionId id = version.id();
        Release release = Release.full(version);
        change(
                handle -> {
                    RegistryRows.requireReserved(handle, id);
                    VersionRows.insert(handle, vault, version);
                    ReleaseRows.replace(handle, id.environmentId(), id.service(), release);
                },
                DirectoryChanges.release(id.environmentId(), id.service(), release));
    }

    @Override
    public void add(Version version) {
        change(
                handle -> {
                    RegistryRows.requireReserved(handle, version.id());
                    VersionRows.insert(handle, vault, version);
                },
                directory -> directory);
    }

    @Override
    public void release(String environmentId, String service, Release release) {
        change(
                handle -> {
                    RegistryRows.requireService(handle, environmentId, service);
                    release.shares()
                            .forEach(share -> RegistryRows.requireVersion(
                                    handle,
                                    new VersionId(
                                            environmentId,
                                            service,
                                            share.version().id().number())));
                    ReleaseRows.replace(handle, environmentId, service, release);
                },
                DirectoryChanges.release(environmentId, service, release));
    }

    @Override
    public List<VersionId> fullReleases(String environmentId, String service) {
        return database.readers().call(handle -> ReleaseRows.history(handle, environmentId, service));
    }

    @Override
    public void removeVersion(VersionId version) {
        change(
                handle -> {
                    RegistryRows.requireVersion(handle, version);
                    if (ReleaseRows.hasTraffic(handle, version)) {
                        throw RegistryProblems.versionInUse(version);
                    }
                    VersionRows.delete(handle, version);
                },
                DirectoryChanges.versionRemoval(version));
    }

    /** Empty if there is no such service. */
    @Override
    public List<Version> versions(String environmentId, String service) {
        return database.readers().call(handle -> VersionRows.newestFirst(handle, vault, environmentId, service));
    }

    private void change(Consumer<Handle> sql, UnaryOperator<Directory> step) {
        database.writer()
                .call(
                        handle -> {
                            sql.accept(handle);
                            return true;
                        },
                        done -> directory.replace(step));
    }
}
