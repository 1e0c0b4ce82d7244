package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A message template that an app has chosen for itself.
 *
 * @param id {@code priTmplId}
 * @param content lines such as {@code 会议时间:{{date2.DATA}}}
 * @param type 2: each consent of a user permits one message; 3: a consent permits messages until it is taken back
 */
record Template(String id, String title, String content, int type) {
    static final int ONCE = 2;
    static final int LONG_TERM = 3;
    private static final int LONGEST_ID = 64;

    Template {
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException(
                    "template: %d characters (expected: 1 to %d)".formatted(id.length(), LONGEST_ID));
        }
        if (title.isBlank()) {
            throw new IllegalArgumentException("title: empty (expected: such as 会议提醒)");
        }
        if (type != ONCE && type != LONG_TERM) {
            throw new IllegalArgumentException(
                    "type: %d (expected: 2 for one message per consent, 3 for long-term)".formatted(type));
        }
        Keyword.of(content);
    }

    List<Keyword> keywords() {
        return Keyword.of(content);
    }

    /** As gettemplate has it. */
    JsonObject json() {
        return new JsonObject()
                .put("priTmplId", id)
                .put("title", title)
                .put("content", content)
                .put("example", "")
                .put("type", type);
    }
}
