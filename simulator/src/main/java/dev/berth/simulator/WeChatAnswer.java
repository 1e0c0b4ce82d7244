package dev.berth.simulator;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * An answer in WeChat's form: HTTP 200 whatever happened (OA-47), and at the end of an error's text the id of the
 * request. The sign-in APIs under {@code /sns/} call their JSON {@code text/plain} and put a comma before the rid, the
 * others do neither.
 */
enum WeChatAnswer {
    SNS("text/plain", ", rid: "),
    API("application/json; encoding=utf-8", " rid: ");

    private final String contentType;
    private final String beforeRid;

    WeChatAnswer(String contentType, String beforeRid) {
        this.contentType = contentType;
        this.beforeRid = beforeRid;
    }

    static WeChatAnswer at(String path) {
        return path.startsWith("/sns/") ? SNS : API;
    }

    void send(HttpServerResponse response, Reply reply, String rid) {
        switch (reply) {
            case Reply.Json json -> send(response, json.body());
            case Reply.Denied denied ->
                send(
                        response,
                        new JsonObject()
                                .put("errcode", denied.errcode())
                                .put("errmsg", denied.text() + beforeRid + rid));
            case Reply.Binary binary ->
                response.putHeader(HttpHeaders.CONTENT_TYPE, binary.contentType())
                        .end(binary.content());
        }
    }

    private void send(HttpServerResponse response, JsonObject body) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType).end(body.toBuffer());
    }
}
