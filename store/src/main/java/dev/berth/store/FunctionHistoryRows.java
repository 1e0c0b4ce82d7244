package dev.berth.store;

import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersionId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The numbers of functions' versions: which were handed out, and which versions were live. */
final class FunctionHistoryRows {
    private static final int REMEMBERED = 100;

    private FunctionHistoryRows() {}

    /** Counts up and forgets nothing. */
    static int nextNumber(Handle handle, FunctionId function) {
        int next = Math.addExact(lastNumber(handle, function), 1);
        handle.execute("""
                INSERT INTO function_number (environment_id, function, last) VALUES (?, ?, ?)
                ON CONFLICT (environment_id, function) DO UPDATE SET last = excluded.last
                """, function.environmentId(), function.name(), next);
        return next;
    }

    static int lastNumber(Handle handle, FunctionId function) {
        return handle.select(
                        "SELECT last FROM function_number WHERE environment_id = ? AND function = ?",
                        function.environmentId(),
                        function.name())
                .mapTo(Integer.class)
                .findOne()
                .orElse(0);
    }

    static void remember(Handle handle, FunctionVersionId id) {
        String env = id.function().environmentId();
        String name = id.function().name();
        List<FunctionVersionId> before = latestFirst(handle, id.function());
        if (!before.isEmpty() && before.getFirst().equals(id)) {
            return;
        }
        int position = handle.select(
                        "SELECT coalesce(max(position), 0) + 1 FROM function_history WHERE environment_id = ? AND function = ?",
                        env,
                        name)
                .mapTo(Integer.class)
                .one();
        handle.execute(
                "INSERT INTO function_history (environment_id, function, position, number) VALUES (?, ?, ?, ?)",
                env,
                name,
                position,
                id.number());
        handle.execute(
                "DELETE FROM function_history WHERE environment_id = ? AND function = ? AND position <= ?",
                env,
                name,
                position - REMEMBERED);
    }

    static List<FunctionVersionId> latestFirst(Handle handle, FunctionId function) {
        return handle.select(
                        "SELECT number FROM function_history WHERE environment_id = ? AND function = ? ORDER BY position DESC",
                        function.environmentId(),
                        function.name())
                .mapTo(Integer.class)
                .map(number -> new FunctionVersionId(function, number))
                .list();
    }
}
