package dev.berth.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Objects;

/** WeChat's open API, at WeChat's paths. */
final class WeChatApi {
    private static final Logger LOG = System.getLogger("dev.berth.simulator");

    private final SignIn signIn;
    private final InstantSource clock;

    WeChatApi(SignIn signIn, InstantSource clock) {
        this.signIn = signIn;
        this.clock = clock;
    }

    /** To be mounted last: it answers every path that is left. */
    void mount(Router router) {
        router.route("/sns/jscode2session").handler(this::code2Session).failureHandler(this::failed);
        router.route()
                .handler(call -> WeChatAnswer.API.error(call, WeChatError.INVALID_URL, clock))
                .failureHandler(this::failed);
    }

    private void code2Session(RoutingContext call) {
        if (!call.request().method().equals(HttpMethod.GET)) {
            WeChatAnswer.SNS.error(call, WeChatError.REQUIRE_GET_METHOD, clock);
            return;
        }
        signIn.exchange(requestOf(call.queryParams()))
                .onSuccess(outcome -> answer(call, outcome))
                .onFailure(call::fail);
    }

    private static SignIn.Request requestOf(MultiMap query) {
        return new SignIn.Request(
                value(query, "appid"), value(query, "secret"), value(query, "js_code"), value(query, "grant_type"));
    }

    private static String value(MultiMap query, String name) {
        return Objects.requireNonNullElse(query.get(name), "");
    }

    private void answer(RoutingContext call, SignIn.Outcome outcome) {
        switch (outcome) {
            case SignIn.Denied denied -> WeChatAnswer.SNS.error(call, denied.error(), clock);
            case SignIn.Session session -> WeChatAnswer.SNS.json(call, json(session));
        }
    }

    private static JsonObject json(SignIn.Session session) {
        JsonObject body =
                new JsonObject().put("session_key", session.sessionKey()).put("openid", session.openid());
        session.unionid().ifPresent(unionid -> body.put("unionid", unionid));
        return body;
    }

    private void failed(RoutingContext call) {
        if (call.statusCode() >= 400 && call.statusCode() < 500) {
            WeChatAnswer.API.error(call, WeChatError.INVALID_ARGS, clock);
            return;
        }
        LOG.log(Level.ERROR, "The simulator failed at " + call.request().path(), call.failure());
        WeChatAnswer.API.error(call, WeChatError.SYSTEM_ERROR, clock);
    }
}
