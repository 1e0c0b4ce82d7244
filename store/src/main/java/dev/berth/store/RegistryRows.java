package dev.berth.store;

import dev.berth.core.VersionId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the registry asks the database before it changes it, within the same transaction. */
final class RegistryRows {
    private RegistryRows() {}

    static void requireApp(Handle handle, String appId) {
        if (isMissing(handle, "SELECT 1 FROM app WHERE id = ?", appId)) {
            throw RegistryProblems.appUnknown(appId);
        }
    }

    static void requireEnvironment(Handle handle, String environmentId) {
        if (isMissing(handle, "SELECT 1 FROM environment WHERE id = ?", environmentId)) {
            throw RegistryProblems.environmentUnknown(environmentId);
        }
    }

    static void requireService(Handle handle, String environmentId, String service) {
        if (isMissing(handle, "SELECT 1 FROM service WHERE environment_id = ? AND name = ?", environmentId, service)) {
            throw RegistryProblems.serviceUnknown(environmentId, service);
        }
    }

    static Optional<String> ownerOf(Handle handle, String environmentId) {
        return handle.select("SELECT app_id FROM environment WHERE id = ?", environmentId)
                .mapTo(String.class)
                .findOne();
    }

    /** The service exists, and the number was handed out but not used. */
    static void requireReserved(Handle handle, VersionId id) {
        requireService(handle, id.environmentId(), id.service());
        int last = lastNumber(handle, id.environmentId(), id.service());
        if (id.number() > last) {
            throw RegistryProblems.versionNotReserved(id, last);
        }
        if (!isVersionMissing(handle, id)) {
            throw RegistryProblems.versionExists(id);
        }
    }

    static void requireVersion(Handle handle, VersionId id) {
        if (isVersionMissing(handle, id)) {
            throw RegistryProblems.versionUnknown(id);
        }
    }

    private static boolean isVersionMissing(Handle handle, VersionId id) {
        return isMissing(
                handle,
                "SELECT 1 FROM version WHERE environment_id = ? AND service = ? AND number = ?",
                id.environmentId(),
                id.service(),
                id.number());
    }

    /** HO-3: counts up and forgets nothing. */
    static int nextNumber(Handle handle, String environmentId, String service) {
        int next = Math.addExact(lastNumber(handle, environmentId, service), 1);
        handle.execute("""
                INSERT INTO version_number (environment_id, service, last) VALUES (?, ?, ?)
                ON CONFLICT (environment_id, service) DO UPDATE SET last = excluded.last
                """, environmentId, service, next);
        return next;
    }

    private static int lastNumber(Handle handle, String environmentId, String service) {
        return handle.select(
                        "SELECT last FROM version_number WHERE environment_id = ? AND service = ?",
                        environmentId,
                        service)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0);
    }

    private static boolean isMissing(Handle handle, String query, Object... arguments) {
        return handle.select(query, arguments).mapTo(Integer.class).findOne().isEmpty();
    }
}
