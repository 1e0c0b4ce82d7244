package dev.berth.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** Errors of Berth's own routes: WeChat's {@code errcode} and {@code errmsg}, and what to do. */
final class RouteAnswer {
    private RouteAnswer() {}

    static void refuse(HttpServerRequest request, int status, int errcode, String errmsg, String hint) {
        JsonObject body = new JsonObject()
                .put("errcode", errcode)
                .put("errmsg", errmsg)
                .put("component", "gateway")
                .put("reason", errmsg)
                .put("callId", CallIds.requestId())
                .put("hint", hint);
        if (!request.response().ended() && !request.response().closed()) {
            request.response()
                    .setStatusCode(status)
                    .putHeader("content-type", "application/json; charset=utf-8")
                    .end(body.toBuffer());
        }
    }
}
