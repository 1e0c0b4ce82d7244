package dev.berth.simulator;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The session key that each user's last sign-in to each app was given: with it WeChat encrypts open data. */
final class SessionKeys {
    private SessionKeys() {}

    static void put(Handle handle, String appid, String user, SessionKey key, Instant now) {
        handle.execute("""
                INSERT INTO session_key (appid, user, session_key, issued_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (appid, user) DO UPDATE
                SET session_key = excluded.session_key, issued_at = excluded.issued_at""", appid, user, key.base64(), now.toEpochMilli());
    }

    static Optional<SessionKey> find(Handle handle, String appid, String user) {
        return handle.createQuery("SELECT session_key FROM session_key WHERE appid = ? AND user = ?")
                .bind(0, appid)
                .bind(1, user)
                .mapTo(String.class)
                .findOne()
                .map(SessionKey::new);
    }
}
