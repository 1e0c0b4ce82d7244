package dev.berth.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The access tokens in the database. The two APIs that give tokens do not touch one another's, as WeChat's
 * documentation of getStableAccessToken says.
 */
final class Tokens {
    static final Duration LIFE = Duration.ofHours(2);

    /** How long a dead token is remembered, so that the answer can tell an expired one from an invalid one. */
    private static final Duration MEMORY = Duration.ofDays(1);

    /** What WeChat's tokens are like: a short number, an underline, a long rest. */
    private static final String MARK = "90_";

    private static final int LENGTH = 136;

    /** Which API gave the token. */
    enum Kind {
        TOKEN,
        STABLE
    }

    record Token(String text, Instant madeAt, Instant expiresAt) {
        long secondsLeft(Instant now) {
            return Duration.between(now, expiresAt).toSeconds();
        }

        /** Without the token itself. */
        @Override
        public String toString() {
            return "Token[expires %s]".formatted(expiresAt);
        }
    }

    /** What a token that was shown is worth. */
    sealed interface Proof {}

    record Good(App app) implements Proof {}

    record Expired(String appid) implements Proof {}

    /** Never given, or replaced by a newer one. */
    record Invalid() implements Proof {}

    private Tokens() {}

    /** A fresh token; the one before it, if any, dies at {@code overlapEnd}, or when it would have expired anyway. */
    static Token mint(Handle handle, App app, Kind kind, Instant now, Instant overlapEnd, Chance chance) {
        forget(handle, now);
        handle.execute(
                "UPDATE token SET current = 0, dies_at = ? WHERE appid = ? AND kind = ? AND current = 1",
                overlapEnd.toEpochMilli(),
                app.appid(),
                kind.name());
        Instant expiresAt = now.plus(LIFE);
        while (true) {
            String text = MARK + chance.letters(LENGTH - MARK.length());
            if (insert(handle, text, app.appid(), kind, now, expiresAt)) {
                return new Token(text, now, expiresAt);
            }
        }
    }

    /** The newest token of a kind, alive or not. */
    static Optional<Token> current(Handle handle, App app, Kind kind) {
        return handle.createQuery(
                        "SELECT token, made_at, expires_at FROM token WHERE appid = ? AND kind = ? AND current = 1")
                .bind(0, app.appid())
                .bind(1, kind.name())
                .map((row, context) -> new Token(
                        row.getString("token"),
                        Instant.ofEpochMilli(row.getLong("made_at")),
                        Instant.ofEpochMilli(row.getLong("expires_at"))))
                .findOne();
    }

    static Proof proof(Handle handle, String token, Instant now) {
        return handle.createQuery("SELECT appid, expires_at, dies_at FROM token WHERE token = ?")
                .bind(0, token)
                .map((row, context) -> {
                    if (now.toEpochMilli() >= row.getLong("expires_at")) {
                        return new Expired(row.getString("appid"));
                    }
                    return now.toEpochMilli() >= row.getLong("dies_at")
                            ? new Invalid()
                            : new Good(Apps.get(handle, row.getString("appid")));
                })
                .findOne()
                .orElseGet(Invalid::new);
    }

    private static boolean insert(Handle handle, String text, String appid, Kind kind, Instant now, Instant expiresAt) {
        String sql = """
                INSERT INTO token (token, appid, kind, made_at, expires_at, dies_at, current)
                VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING""";
        long expiry = expiresAt.toEpochMilli();
        return handle.execute(sql, text, appid, kind.name(), now.toEpochMilli(), expiry, expiry) == 1;
    }

    private static void forget(Handle handle, Instant now) {
        handle.execute(
                "DELETE FROM token WHERE expires_at < ?", now.minus(MEMORY).toEpochMilli());
    }
}
