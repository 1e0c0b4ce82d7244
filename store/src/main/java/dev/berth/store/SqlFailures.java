package dev.berth.store;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.nio.file.Path;
import java.util.Optional;
import org.sqlite.SQLiteException;

/** What SQLite says (sqlite.org/rescode.html), for the person who can mend it. */
final class SqlFailures {
    private static final int PRIMARY_CODE = 0xff;

    private SqlFailures() {}

    static BerthException explain(Throwable failure, Path file) {
        Problem problem = sqlite(failure)
                .map(e -> problem(e, file))
                .orElseGet(() -> unexplained(file, String.valueOf(failure.getMessage())));
        return new BerthException(problem, failure);
    }

    static Problem unwritable(Path file, String reason) {
        return problem(
                "DATABASE_UNWRITABLE",
                "database file %s cannot be opened for writing: %s".formatted(file, reason),
                "Let the user that runs Berth read and write this file and its folder, or name another data folder.");
    }

    private static Problem problem(SQLiteException e, Path file) {
        return switch (e.getResultCode().code & PRIMARY_CODE) {
            case 3, 8, 14 -> unwritable(file, String.valueOf(e.getMessage()));
            case 5, 6 ->
                problem(
                        "DATABASE_IN_USE",
                        "database file %s is locked by another program".formatted(file),
                        "Close whatever else has it open, such as a sqlite3 shell or a backup, and try again.");
            case 10 ->
                problem(
                        "DATABASE_DISK_FAILED",
                        "database file %s: the disk refused to read or write: %s"
                                .formatted(file, String.valueOf(e.getMessage())),
                        "Look at the disk (dmesg, df). The change was not acknowledged; what was, is kept.");
            case 11, 26 ->
                problem(
                        "DATABASE_DAMAGED",
                        "database file %s is damaged or not a database: %s"
                                .formatted(file, String.valueOf(e.getMessage())),
                        "Restore it from a backup together with its -wal file, or move it away to start empty.");
            case 13 ->
                problem(
                        "DISK_FULL",
                        "database file %s: no space left on its disk; the change was not made".formatted(file),
                        "Free some space and try again. What was acknowledged before is kept.");
            default -> unexplained(file, String.valueOf(e.getMessage()));
        };
    }

    private static Problem unexplained(Path file, String message) {
        return problem(
                "DATABASE_FAILED",
                "database file %s: %s".formatted(file, message),
                "This is a defect of Berth; report it with the log of the server.");
    }

    private static Optional<SQLiteException> sqlite(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof SQLiteException found) {
                return Optional.of(found);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static Problem problem(String code, String message, String hint) {
        return new Problem(code, "store", message, hint);
    }
}
