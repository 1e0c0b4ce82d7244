package dev.berth.simulator;

import org.jdbi.v3.core.Handle;

/** What users permit apps to send them, template by template. */
final class Subscriptions {
    private Subscriptions() {}

    /** Permits so many messages more. */
    static void accept(Handle handle, String appid, String user, String template, int messages) {
        put(handle, appid, user, template, messages, false);
    }

    /** Permits any number of messages, until the user rejects them. */
    static void acceptAlways(Handle handle, String appid, String user, String template) {
        put(handle, appid, user, template, 0, true);
    }

    /** Takes back whatever was permitted. */
    static void reject(Handle handle, String appid, String user, String template) {
        handle.execute("DELETE FROM subscription WHERE appid = ? AND user = ? AND template = ?", appid, user, template);
    }

    /** Uses up one permitted message; false when there was none. */
    static boolean use(Handle handle, String appid, String user, String template) {
        return handle.execute("""
                UPDATE subscription SET left = CASE WHEN always THEN left ELSE left - 1 END
                WHERE appid = ? AND user = ? AND template = ? AND (always OR left > 0)""", appid, user, template) == 1;
    }

    private static void put(Handle handle, String appid, String user, String template, int left, boolean always) {
        handle.execute("""
                INSERT INTO subscription (appid, user, template, left, always) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (appid, user, template) DO UPDATE
                SET left = left + excluded.left, always = always OR excluded.always""", appid, user, template, left, always);
    }
}
