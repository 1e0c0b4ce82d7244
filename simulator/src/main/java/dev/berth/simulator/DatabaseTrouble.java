package dev.berth.simulator;

import java.util.Optional;
import org.sqlite.SQLiteException;

/** What SQLite cannot help (sqlite.org/rescode.html), in words and with what to do. */
enum DatabaseTrouble {
    FULL("no space is left on its disk; nothing was changed", "Free some space and try again."),
    DAMAGED(
            "it is damaged or not a database",
            "Restore it from a backup together with its -wal file, or move it away to start without users."),
    UNWRITABLE("it cannot be read or written", "Name a file in a folder that can be written to.");

    private static final int PRIMARY_CODE = 0xff;

    private final String reason;
    private final String hint;

    DatabaseTrouble(String reason, String hint) {
        this.reason = reason;
        this.hint = hint;
    }

    static Optional<DatabaseTrouble> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException found) {
                return of(found.getResultCode().code & PRIMARY_CODE);
            }
        }
        return Optional.empty();
    }

    private static Optional<DatabaseTrouble> of(int primaryCode) {
        return switch (primaryCode) {
            case 13 -> Optional.of(FULL);
            case 11, 26 -> Optional.of(DAMAGED);
            case 3, 8, 14 -> Optional.of(UNWRITABLE);
            default -> Optional.empty();
        };
    }

    String reason() {
        return reason;
    }

    String hint() {
        return hint;
    }
}
