package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A way into a mini program that an app had WeChat make: a code to scan or a link to follow.
 *
 * @param ticket by which WeChat knows it again; unique among all kinds
 * @param path of the page; empty for the home page
 * @param query what the page is opened with, perhaps empty
 * @param envVersion {@code release}, {@code trial} or {@code develop}
 * @param expiresAt empty when it never does
 * @param cloudBase which web page outside of WeChat a URL link shows; empty for the others
 */
record Link(
        Kind kind,
        String ticket,
        String appid,
        String path,
        String query,
        String envVersion,
        Instant createdAt,
        Optional<Instant> expiresAt,
        JsonObject cloudBase) {

    /** The name is its form in JSON and in the database, the text what the user scans or follows. */
    enum Kind {
        /** From getwxacode and createwxaqrcode, of which an app may have 100 000. */
        CODE("https://mp.weixin.qq.com/a/~%s"),
        /** From getwxacodeunlimit. */
        UNLIMITED_CODE("https://mp.weixin.qq.com/a/~%s"),
        SCHEME("weixin://dl/business/?t=%s"),
        URL_LINK("https://wxaurl.cn/%s"),
        SHORT_LINK("#小程序://%s");

        private final String form;

        Kind(String form) {
            this.form = form;
        }
    }

    boolean expired(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
    }

    String text() {
        return kind.form.formatted(ticket);
    }

    /** The ticket in a text of any kind: what is behind its last {@code ~}, {@code =} or {@code /}. */
    static String ticketIn(String text) {
        return text.replaceFirst("(?s).*[~=/]", "");
    }
}
