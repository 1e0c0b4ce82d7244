package dev.berth.simulator;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * An answer in WeChat's form: HTTP 200 whatever happened (OA-47), and at the end of an error's text the id of the
 * request, {@code rid: <seconds since 1970>-<random>-<random>}, in hexadecimal. The sign-in APIs under {@code /sns/}
 * call their JSON {@code text/plain} and put a comma before the rid, the others do neither.
 */
enum WeChatAnswer {
    SNS("text/plain", ", rid: "),
    API("application/json; encoding=utf-8", " rid: ");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String contentType;
    private final String beforeRid;

    WeChatAnswer(String contentType, String beforeRid) {
        this.contentType = contentType;
        this.beforeRid = beforeRid;
    }

    void json(RoutingContext call, JsonObject body) {
        call.response().putHeader(HttpHeaders.CONTENT_TYPE, contentType).end(body.toBuffer());
    }

    void error(RoutingContext call, WeChatError error, InstantSource clock) {
        json(call, new JsonObject().put("errcode", error.code()).put("errmsg", error.text() + beforeRid + rid(clock)));
    }

    private static String rid(InstantSource clock) {
        return "%08x-%08x-%08x".formatted(clock.instant().getEpochSecond(), RANDOM.nextInt(), RANDOM.nextInt());
    }
}
