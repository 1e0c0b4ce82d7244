package dev.berth.store;

import dev.berth.core.Release;
import dev.berth.core.Release.Share;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The release of each service in the database, and which versions had all the traffic before. */
final class ReleaseRows {
    private static final int REMEMBERED = 100;

    private ReleaseRows() {}

    static void replace(Handle handle, String environmentId, String service, Release release) {
        handle.execute("DELETE FROM release_share WHERE environment_id = ? AND service = ?", environmentId, service);
        List<Share> shares = release.shares();
        for (int position = 0; position < shares.size(); position++) {
            Share share = shares.get(position);
            handle.execute(
                    "INSERT INTO release_share (environment_id, service, position, number, weight) VALUES (?, ?, ?, ?, ?)",
                    environmentId,
                    service,
                    position,
                    share.version().id().number(),
                    share.weight());
        }
        release.sole().map(Version::id).ifPresent(id -> remember(handle, id));
    }

    private static void remember(Handle handle, VersionId id) {
        List<VersionId> before = history(handle, id.environmentId(), id.service());
        if (!before.isEmpty() && before.getFirst().equals(id)) {
            return;
        }
        int position = handle.select(
                        "SELECT coalesce(max(position), 0) + 1 FROM release_history WHERE environment_id = ? AND service = ?",
                        id.environmentId(),
                        id.service())
                .mapTo(Integer.class)
                .one();
        handle.execute(
                "INSERT INTO release_history (environment_id, service, position, number) VALUES (?, ?, ?, ?)",
                id.environmentId(),
                id.service(),
                position,
                id.number());
        handle.execute(
                "DELETE FROM release_history WHERE environment_id = ? AND service = ? AND position <= ?",
                id.environmentId(),
                id.service(),
                position - REMEMBERED);
    }

    /** Latest first. */
    static List<VersionId> history(Handle handle, String environmentId, String service) {
        return handle.select(
                        "SELECT number FROM release_history WHERE environment_id = ? AND service = ? ORDER BY position DESC",
                        environmentId,
                        service)
                .mapTo(Integer.class)
                .map(number -> new VersionId(environmentId, service, number))
                .list();
    }

    static boolean hasTraffic(Handle handle, VersionId id) {
        return handle.select(
                        "SELECT 1 FROM release_share WHERE environment_id = ? AND service = ? AND number = ? AND weight > 0",
                        id.environmentId(),
                        id.service(),
                        id.number())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }
}
