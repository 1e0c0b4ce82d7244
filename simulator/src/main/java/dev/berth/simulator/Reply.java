package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** What an open API answers. */
sealed interface Reply {
    record Json(JsonObject body) implements Reply {
        /** Without the body, which may hold a token or a session key. */
        @Override
        public String toString() {
            return "Json[%s]".formatted(String.join(", ", body.fieldNames()));
        }
    }

    record Binary(String contentType, Buffer content) implements Reply {}

    /** The rid is added to the text on the way out. */
    record Denied(int errcode, String text) implements Reply {}

    /** {@code {"errcode":0,"errmsg":"ok"}}, to which fields may be added. */
    static JsonObject okBody() {
        return new JsonObject().put("errcode", 0).put("errmsg", "ok");
    }

    static Reply ok() {
        return new Json(okBody());
    }

    static Reply json(JsonObject body) {
        return new Json(body);
    }

    static Reply denied(WeChatError error) {
        return new Denied(error.code(), error.text());
    }

    static Reply denied(int errcode, String text) {
        return new Denied(errcode, text);
    }
}
