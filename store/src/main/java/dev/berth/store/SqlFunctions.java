package dev.berth.store;

import dev.berth.core.Directory;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionRegistry;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Functions in SQL: one transaction per change, then the step of the directory. */
final class SqlFunctions implements FunctionRegistry {
    private final Database database;
    private final Vault vault;
    private final LiveDirectory directory;

    SqlFunctions(Database database, Vault vault, LiveDirectory directory) {
        this.database = database;
        this.vault = vault;
        this.directory = directory;
    }

    @Override
    public FunctionVersionId reserve(FunctionId function) {
        return database.writer().call(handle -> {
            RegistryRows.requireEnvironment(handle, function.environmentId());
            return new FunctionVersionId(function, FunctionHistoryRows.nextNumber(handle, function));
        });
    }

    @Override
    public void addAndRelease(FunctionVersion version) {
        FunctionVersionId id = version.id();
        change(
                handle -> {
                    RegistryRows.requireEnvironment(handle, id.function().environmentId());
                    requireReserved(handle, id);
                    FunctionRows.putLive(handle, id);
                    FunctionRows.insert(handle, vault, version);
                    FunctionHistoryRows.remember(handle, id);
                    return version;
                },
                DirectoryChanges::function);
    }

    private void requireReserved(Handle handle, FunctionVersionId id) {
        int last = FunctionHistoryRows.lastNumber(handle, id.function());
        if (id.number() > last) {
            throw RegistryProblems.versionNotReserved(id, last);
        }
        if (FunctionRows.find(handle, vault, id).isPresent()) {
            throw RegistryProblems.versionExists(id);
        }
    }

    @Override
    public void release(FunctionVersionId id) {
        change(
                handle -> {
                    FunctionVersion version = require(handle, id);
                    FunctionRows.putLive(handle, id);
                    FunctionHistoryRows.remember(handle, id);
                    return version;
                },
                DirectoryChanges::function);
    }

    private FunctionVersion require(Handle handle, FunctionVersionId id) {
        return FunctionRows.find(handle, vault, id).orElseThrow(() -> RegistryProblems.versionUnknown(id));
    }

    @Override
    public List<FunctionVersionId> releases(FunctionId function) {
        return database.readers().call(handle -> FunctionHistoryRows.latestFirst(handle, function));
    }

    @Override
    public List<FunctionVersion> versions(FunctionId function) {
        return database.readers().call(handle -> FunctionRows.newestFirst(handle, vault, function));
    }

    @Override
    public void removeVersion(FunctionVersionId id) {
        database.writer().call(handle -> {
            require(handle, id);
            if (FunctionRows.isLive(handle, id)) {
                throw RegistryProblems.functionVersionLive(id);
            }
            FunctionRows.delete(handle, id);
            return id;
        });
    }

    /** The count of its versions stays. */
    @Override
    public void remove(FunctionId function) {
        change(
                handle -> {
                    FunctionRows.remove(handle, function);
                    return function;
                },
                DirectoryChanges::functionRemoval);
    }

    @Override
    public boolean claimTick(FunctionId function, String trigger, Instant tick) {
        return database.writer()
                .call(handle ->
                        handle.execute("""
                                INSERT INTO trigger_tick (environment_id, function, name, tick)
                                SELECT environment_id, name, ?, ? FROM function WHERE environment_id = ? AND name = ?
                                ON CONFLICT (environment_id, function, name) DO UPDATE SET tick = excluded.tick
                                WHERE trigger_tick.tick < excluded.tick
                                """, trigger, EpochNanos.of(tick), function.environmentId(), function.name())
                                == 1);
    }

    @Override
    public List<Claim> takeBackClaimsAfter(Instant time, Instant now) {
        return database.writer().call(handle -> {
            List<Claim> claims = handle.select(
                            "SELECT environment_id, function, name, tick FROM trigger_tick WHERE tick > ?",
                            EpochNanos.of(time))
                    .map((row, context) -> new Claim(
                            new FunctionId(row.getString("environment_id"), row.getString("function")),
                            row.getString("name"),
                            EpochNanos.toInstant(row.getLong("tick"))))
                    .list();
            if (!claims.isEmpty()) {
                handle.execute(
                        "UPDATE trigger_tick SET tick = ? WHERE tick > ?", EpochNanos.of(now), EpochNanos.of(time));
            }
            return claims;
        });
    }

    private <T> void change(Function<Handle, T> sql, Function<T, UnaryOperator<Directory>> step) {
        database.writer().call(sql::apply, changed -> directory.replace(step.apply(changed)));
    }
}
