package dev.berth.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Sign-in codes, as {@code wx.login} gives them: for one user of one app, once, for five minutes. Their first letters
 * tell them from codes of WeChat itself, even when the database has forgotten them.
 */
final class Codes {
    static final Duration LIFE = Duration.ofMinutes(5);

    /** How long a dead code is remembered, so that the answer can say that it was used. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private static final String MARK = "sim";
    private static final int LENGTH = 32;

    /** What became of an attempt to use a code. */
    sealed interface Redeemed {}

    record Accepted(String user) implements Redeemed {}

    record Used() implements Redeemed {}

    /** Not in the database, expired, or of another app: WeChat's answer does not tell these apart. */
    record Invalid() implements Redeemed {}

    private Codes() {}

    static boolean madeHere(String code) {
        return code.startsWith(MARK);
    }

    static String mint(Handle handle, App app, User user, Instant now, Chance chance) {
        forget(handle, now);
        while (true) {
            String code = MARK + chance.letters(LENGTH - MARK.length());
            if (insert(handle, code, app.appid(), user.name(), now, false)) {
                return code;
            }
        }
    }

    /** One statement decides, so that of many attempts at the same time exactly one is accepted. */
    static Redeemed redeem(Handle handle, String code, String appid, Instant now) {
        return handle.createQuery("""
                        UPDATE code SET used = used + 1
                        WHERE code = ? AND appid = ? AND (used > 0 OR expires_at > ?)
                        RETURNING user, used""")
                .bind(0, code)
                .bind(1, appid)
                .bind(2, now.toEpochMilli())
                .map((row, context) ->
                        row.getInt("used") == 1 ? (Redeemed) new Accepted(row.getString("user")) : new Used())
                .findOne()
                .orElseGet(Invalid::new);
    }

    /** Whose code it is, used or not. */
    static Optional<String> userOf(Handle handle, String code) {
        return code.isEmpty()
                ? Optional.empty()
                : handle.createQuery("SELECT user FROM code WHERE code = ?")
                        .bind(0, code)
                        .mapTo(String.class)
                        .findOne();
    }

    /** Takes a code that WeChat made as one that is used by this very sign-in; false if it was used before. */
    static boolean adopt(Handle handle, String code, String appid, User user, Instant now) {
        forget(handle, now);
        return insert(handle, code, appid, user.name(), now, true);
    }

    private static boolean insert(Handle handle, String code, String appid, String user, Instant now, boolean used) {
        long expiresAt = now.plus(LIFE).toEpochMilli();
        String sql =
                "INSERT INTO code (code, appid, user, expires_at, used) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
        return handle.execute(sql, code, appid, user, expiresAt, used ? 1 : 0) == 1;
    }

    private static void forget(Handle handle, Instant now) {
        handle.execute(
                "DELETE FROM code WHERE expires_at < ?", now.minus(MEMORY).toEpochMilli());
    }
}
