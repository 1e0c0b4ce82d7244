package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Open data that users gave to apps, under the two references by which a server may ask for it: a CloudID, and for a
 * phone number also a code that is good once. Both live five minutes (OA-31, OA-32).
 */
final class OpenData {
    static final Duration LIFE = Duration.ofMinutes(5);

    /** How long a dead reference is remembered, so that the answer can say that it has expired. */
    private static final Duration MEMORY = Duration.ofDays(1);

    /** What a CloudID leads to. */
    sealed interface Found {}

    record Data(JsonObject json) implements Found {}

    /** OA-31: WeChat's error in the place of the data. */
    enum Trouble implements Found {
        UNKNOWN(-601005, "invalid cloudID."),
        EXPIRED(-601006, "cloudID expired."),
        OF_OTHER_USER(-601007, "cloudID and calling user does not match.");

        private final int code;
        private final String text;

        Trouble(int code, String text) {
            this.code = code;
            this.text = text;
        }

        int code() {
            return code;
        }

        String text() {
            return text;
        }
    }

    private OpenData() {}

    static void put(
            Handle handle, String cloudId, Optional<String> code, App app, User user, JsonObject data, Instant now) {
        handle.execute(
                "DELETE FROM open_data WHERE expires_at < ?", now.minus(MEMORY).toEpochMilli());
        handle.createUpdate("""
                        INSERT OR REPLACE INTO open_data (cloud_id, code, appid, user, data, expires_at, used)
                        VALUES (?, ?, ?, ?, ?, ?, 0)""")
                .bind(0, cloudId)
                .bind(1, code)
                .bind(2, app.appid())
                .bind(3, user.name())
                .bind(4, data.encode())
                .bind(5, now.plus(LIFE).toEpochMilli())
                .execute();
    }

    /** Uses up a code; empty when it is wrong, used, expired or of another app: WeChat does not tell these apart. */
    static Optional<JsonObject> redeem(Handle handle, String code, String appid, Instant now) {
        return handle.createQuery("""
                        UPDATE open_data SET used = 1
                        WHERE code = ? AND appid = ? AND used = 0 AND expires_at > ?
                        RETURNING data""")
                .bind(0, code)
                .bind(1, appid)
                .bind(2, now.toEpochMilli())
                .map((row, context) -> new JsonObject(row.getString("data")))
                .findOne();
    }

    /** Who gave the data that a code leads to. */
    static Optional<String> giver(Handle handle, String code) {
        return code.isEmpty()
                ? Optional.empty()
                : handle.createQuery("SELECT user FROM open_data WHERE code = ?")
                        .bind(0, code)
                        .mapTo(String.class)
                        .findOne();
    }

    /** Does not use the CloudID up. */
    static Found find(Handle handle, String cloudId, String appid, String openid, Instant now) {
        return handle.createQuery("SELECT user, data, expires_at FROM open_data WHERE cloud_id = ? AND appid = ?")
                .bind(0, cloudId)
                .bind(1, appid)
                .map((row, context) -> {
                    boolean own = Identity.openid(appid, row.getString("user")).equals(openid);
                    boolean alive = row.getLong("expires_at") > now.toEpochMilli();
                    return own ? found(alive, row.getString("data")) : Trouble.OF_OTHER_USER;
                })
                .findOne()
                .orElse(Trouble.UNKNOWN);
    }

    private static Found found(boolean alive, String data) {
        return alive ? new Data(new JsonObject(data)) : Trouble.EXPIRED;
    }
}
