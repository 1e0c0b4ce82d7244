package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The verdicts on pictures and sounds that apps had checked, as the events in which WeChat tells them. */
final class MediaChecks {
    private MediaChecks() {}

    /**
     * @param verdict with {@code result} and {@code detail}
     */
    static JsonObject event(App app, String openid, String traceId, JsonObject verdict, Instant now) {
        return new JsonObject()
                .put("ToUserName", app.appid())
                .put("FromUserName", openid)
                .put("CreateTime", now.getEpochSecond())
                .put("MsgType", "event")
                .put("Event", "wxa_media_check")
                .put("appid", app.appid())
                .put("trace_id", traceId)
                .put("version", 2)
                .put("errcode", 0)
                .put("errmsg", "ok")
                .mergeIn(verdict);
    }

    static void add(Handle handle, String appid, String traceId, JsonObject event) {
        handle.execute(
                "INSERT OR REPLACE INTO media_check (trace_id, appid, event) VALUES (?, ?, ?)",
                traceId,
                appid,
                event.encode());
    }

    /** The newest last. */
    static List<JsonObject> of(Handle handle, String appid) {
        return handle.createQuery("SELECT event FROM media_check WHERE appid = ? ORDER BY rowid")
                .bind(0, appid)
                .map((row, context) -> new JsonObject(row.getString("event")))
                .list();
    }
}
