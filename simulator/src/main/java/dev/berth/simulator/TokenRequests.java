package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import org.jdbi.v3.core.Handle;

/** How often each app asked for a token, with the right secret. */
final class TokenRequests {
    private TokenRequests() {}

    static void count(Handle handle, App app, Tokens.Kind kind) {
        handle.execute("""
                INSERT INTO token_request (appid, kind, count) VALUES (?, ?, 1)
                ON CONFLICT (appid, kind) DO UPDATE SET count = count + 1""", app.appid(), kind.name());
    }

    static long of(Handle handle, App app, Tokens.Kind kind) {
        return handle.createQuery("SELECT count FROM token_request WHERE appid = ? AND kind = ?")
                .bind(0, app.appid())
                .bind(1, kind.name())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    static JsonObject json(Handle handle, App app) {
        long token = of(handle, app, Tokens.Kind.TOKEN);
        long stable = of(handle, app, Tokens.Kind.STABLE);
        return new JsonObject()
                .put("appid", app.appid())
                .put("token", token)
                .put("stableToken", stable)
                .put("total", token + stable);
    }
}
