package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * An answer in WeChat's form: at the end of an error's text is the id of the request. The sign-in APIs under
 * {@code /sns/} call their JSON {@code text/plain} and put a comma before the rid, the others do neither (OA-47).
 */
enum WeChatAnswer {
    SNS("text/plain", ", rid: "),
    API("application/json; encoding=utf-8", " rid: ");

    /** What goes over the wire. */
    record Payload(String contentType, Buffer content) {}

    private final String contentType;
    private final String beforeRid;

    WeChatAnswer(String contentType, String beforeRid) {
        this.contentType = contentType;
        this.beforeRid = beforeRid;
    }

    static Payload at(String path, Reply reply, String rid) {
        return (path.startsWith("/sns/") ? SNS : API).payload(reply, rid);
    }

    private Payload payload(Reply reply, String rid) {
        return switch (reply) {
            case Reply.Json json -> new Payload(contentType, json.body().toBuffer());
            case Reply.Denied denied ->
                new Payload(contentType, error(denied, rid).toBuffer());
            case Reply.Binary binary -> new Payload(binary.contentType(), binary.content());
        };
    }

    private JsonObject error(Reply.Denied denied, String rid) {
        return new JsonObject().put("errcode", denied.errcode()).put("errmsg", denied.text() + beforeRid + rid);
    }
}
