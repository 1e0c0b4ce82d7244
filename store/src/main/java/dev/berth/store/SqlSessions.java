package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.Caller;
import dev.berth.core.Session;
import dev.berth.core.SessionStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Sessions at rest (CH-139). One that is over stays until {@link #removeEndedBefore}, so that it is told as expired. */
final class SqlSessions implements SessionStore {
    /** So many rows per transaction, so that sign-ins need not wait for a long clean-up. */
    static final int REMOVED_AT_ONCE = 5_000;

    private final Database database;
    private final Vault vault;

    SqlSessions(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public CompletionStage<Void> add(Session session, String sessionKey) {
        Caller caller = session.caller();
        String sealed = vault.seal(place(session.id()), sessionKey.getBytes(UTF_8));
        return done(database.writer()
                .submit(handle -> handle.createUpdate("""
                        INSERT INTO session (id, app_id, open_id, union_id, sealed_session_key, created_at, last_used_at)
                        VALUES (:id, :app, :open, :union, :key, :created, :used)
                        """)
                        .bind("id", session.id())
                        .bind("app", caller.appId())
                        .bind("open", caller.openId())
                        .bind("union", caller.unionId().orElse(null))
                        .bind("key", sealed)
                        .bind("created", EpochNanos.of(session.createdAt()))
                        .bind("used", EpochNanos.of(session.lastUsedAt()))
                        .execute()));
    }

    @Override
    public CompletionStage<Optional<Session>> find(String id) {
        return database.readers()
                .submit(handle -> handle.select("SELECT * FROM session WHERE id = ?", id)
                        .map((row, context) -> map(row))
                        .findOne());
    }

    @Override
    public CompletionStage<Optional<String>> sessionKey(String id) {
        return database.readers()
                .submit(handle -> handle.select("SELECT sealed_session_key FROM session WHERE id = ?", id)
                        .mapTo(String.class)
                        .findOne()
                        .map(key -> new String(vault.open(place(id), key), UTF_8)));
    }

    @Override
    public CompletionStage<Void> remove(String id) {
        return done(database.writer().submit(handle -> handle.execute("DELETE FROM session WHERE id = ?", id)));
    }

    @Override
    public CompletionStage<Void> touch(Map<String, Instant> lastUsedAt) {
        if (lastUsedAt.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Map<String, Instant> moves = Map.copyOf(lastUsedAt);
        return done(database.writer().submit(handle -> {
            PreparedBatch batch =
                    handle.prepareBatch("UPDATE session SET last_used_at = :at WHERE id = :id AND last_used_at < :at");
            moves.forEach((id, at) ->
                    batch.bind("id", id).bind("at", EpochNanos.of(at)).add());
            return batch.execute();
        }));
    }

    @Override
    public CompletionStage<Integer> removeEndedBefore(Instant instant, Session.Lifetime lifetime) {
        long unusedSince = EpochNanos.of(instant.minus(lifetime.unused()));
        long createdBefore = EpochNanos.of(instant.minus(lifetime.longest()));
        return removeOn(0, unusedSince, createdBefore);
    }

    private CompletionStage<Integer> removeOn(int already, long unusedSince, long createdBefore) {
        return database.writer()
                .submit(handle -> removeSome(handle, unusedSince, createdBefore))
                .thenCompose(removed -> removed < REMOVED_AT_ONCE
                        ? CompletableFuture.completedFuture(already + removed)
                        : removeOn(already + removed, unusedSince, createdBefore));
    }

    private static int removeSome(Handle handle, long unusedSince, long createdBefore) {
        return handle.execute("""
                DELETE FROM session WHERE id IN (
                    SELECT id FROM session WHERE last_used_at < ? OR created_at < ? LIMIT ?)
                """, unusedSince, createdBefore, REMOVED_AT_ONCE);
    }

    private static Session map(ResultSet row) throws SQLException {
        return new Session(
                row.getString("id"),
                new Caller(
                        row.getString("app_id"),
                        row.getString("open_id"),
                        Optional.ofNullable(row.getString("union_id"))),
                EpochNanos.toInstant(row.getLong("created_at")),
                EpochNanos.toInstant(row.getLong("last_used_at")));
    }

    private static CompletionStage<Void> done(CompletableFuture<?> work) {
        return work.thenAccept(result -> {});
    }

    static Vault.Place place(String id) {
        return new Vault.Place("session", "sealed_session_key", id);
    }
}
