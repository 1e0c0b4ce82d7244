package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A file that an app has uploaded, for three days.
 *
 * @param type {@code image}, and for official accounts also {@code voice}, {@code video} or {@code thumb}
 */
record StoredMedia(String type, String contentType, Buffer content) {
    static final Duration LIFE = Duration.ofDays(3);

    static void put(Handle handle, String id, String appid, StoredMedia media, Instant now) {
        handle.execute("DELETE FROM media WHERE expires_at <= ?", now.toEpochMilli());
        handle.execute(
                "INSERT OR REPLACE INTO media (id, appid, type, content_type, content, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                id,
                appid,
                media.type(),
                media.contentType(),
                media.content().getBytes(),
                now.plus(LIFE).toEpochMilli());
    }

    /** Empty when it is unknown, expired or of another app. */
    static Optional<StoredMedia> find(Handle handle, String id, String appid, Instant now) {
        return handle.createQuery("SELECT * FROM media WHERE id = ? AND appid = ? AND expires_at > ?")
                .bind(0, id)
                .bind(1, appid)
                .bind(2, now.toEpochMilli())
                .map((row, context) -> new StoredMedia(
                        row.getString("type"), row.getString("content_type"), Buffer.buffer(row.getBytes("content"))))
                .findOne();
    }
}
