package dev.berth.simulator;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * How much an app may say to a user in the customer-service chat. What the user does sets the allowance, and does not
 * add to it (developers.weixin.qq.com, customer-message/send).
 */
final class CustomerChats {
    /** What a user does that permits messages. */
    enum Act {
        WROTE(5, Duration.ofDays(2)),
        OPENED(2, Duration.ofMinutes(1));

        private final int messages;
        private final Duration time;

        Act(int messages, Duration time) {
            this.messages = messages;
            this.time = time;
        }
    }

    /** What became of an attempt to send. */
    enum Permission {
        GIVEN,
        TIME_IS_OVER,
        COUNT_IS_OVER
    }

    private static final Duration TYPING_AFTER_MESSAGE = Duration.ofSeconds(30);
    private static final Duration TYPING_SHOWN = Duration.ofSeconds(15);

    /** What became of an attempt to show that somebody types. */
    enum Typing {
        SHOWN,
        TOO_LATE,
        ALREADY
    }

    private CustomerChats() {}

    static void acted(Handle handle, String appid, String user, Act act, Instant now) {
        handle.createUpdate("""
                        INSERT INTO customer_chat (appid, user, until, left, last_at, typing_until)
                        VALUES (:appid, :user, :until, :left, :lastAt, 0)
                        ON CONFLICT (appid, user) DO UPDATE SET
                          left = CASE WHEN until > :now THEN max(left, :left) ELSE :left END,
                          until = max(until, :until),
                          last_at = max(last_at, :lastAt)""")
                .bind("appid", appid)
                .bind("user", user)
                .bind("until", now.plus(act.time).toEpochMilli())
                .bind("left", act.messages)
                .bind("lastAt", act == Act.WROTE ? now.toEpochMilli() : 0)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static Permission send(Handle handle, String appid, String user, Instant now) {
        int sent = handle.execute("""
                UPDATE customer_chat SET left = left - 1, last_at = ?, typing_until = 0
                WHERE appid = ? AND user = ? AND until > ? AND left > 0""", now.toEpochMilli(), appid, user, now.toEpochMilli());
        if (sent == 1) {
            return Permission.GIVEN;
        }
        return isTrue(handle, "until > ?", appid, user, now) ? Permission.COUNT_IS_OVER : Permission.TIME_IS_OVER;
    }

    static Typing type(Handle handle, String appid, String user, Instant now) {
        if (!isTrue(handle, "last_at >= ?", appid, user, now.minus(TYPING_AFTER_MESSAGE))) {
            return Typing.TOO_LATE;
        }
        if (isTrue(handle, "typing_until > ?", appid, user, now)) {
            return Typing.ALREADY;
        }
        long until = now.plus(TYPING_SHOWN).toEpochMilli();
        handle.execute("UPDATE customer_chat SET typing_until = ? WHERE appid = ? AND user = ?", until, appid, user);
        return Typing.SHOWN;
    }

    static void cancelTyping(Handle handle, String appid, String user) {
        handle.execute("UPDATE customer_chat SET typing_until = 0 WHERE appid = ? AND user = ?", appid, user);
    }

    private static boolean isTrue(Handle handle, String condition, String appid, String user, Instant moment) {
        return handle.createQuery("SELECT count(*) FROM customer_chat WHERE appid = ? AND user = ? AND " + condition)
                        .bind(0, appid)
                        .bind(1, user)
                        .bind(2, moment.toEpochMilli())
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }
}
