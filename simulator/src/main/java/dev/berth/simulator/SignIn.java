package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** The exchange of a sign-in code for an openid and a session key (WeChat: code2Session). */
final class SignIn {
    private static final Logger LOG = System.getLogger("dev.berth.simulator");

    private final SimulatorOptions options;

    SignIn(SimulatorOptions options) {
        this.options = options;
    }

    Reply exchange(ApiRequest request) {
        return flaw(request).map(Reply::denied).orElseGet(() -> checked(request));
    }

    private static Optional<WeChatError> flaw(ApiRequest request) {
        if (request.query("appid").isEmpty()) {
            return Optional.of(WeChatError.APPID_MISSING);
        }
        if (request.query("secret").isEmpty()) {
            return Optional.of(WeChatError.APPSECRET_MISSING);
        }
        if (request.query("js_code").isEmpty()) {
            return Optional.of(WeChatError.MISSING_CODE);
        }
        return request.query("grant_type").equals("authorization_code")
                ? Optional.empty()
                : Optional.of(WeChatError.INVALID_GRANT_TYPE);
    }

    private Reply checked(ApiRequest request) {
        return switch (Credentials.check(request.handle(), request.query("appid"), request.query("secret"))) {
            case Credentials.Wrong wrong -> Reply.denied(wrong.error());
            case Credentials.Right right ->
                isForeign(request.query("js_code")) ? foreignCode(request, right.app()) : ownCode(request, right.app());
        };
    }

    private static Reply ownCode(ApiRequest request, App app) {
        return switch (Codes.redeem(request.handle(), request.query("js_code"), app.appid(), request.now())) {
            case Codes.Accepted accepted -> session(request, app, accepted.user());
            case Codes.Used() -> Reply.denied(WeChatError.CODE_BEEN_USED);
            case Codes.Invalid() -> Reply.denied(WeChatError.INVALID_CODE);
        };
    }

    private boolean isForeign(String code) {
        return options.acceptUnknownCodes() && !Codes.madeHere(code);
    }

    private Reply foreignCode(ApiRequest request, App app) {
        Optional<User> user = Users.find(request.handle(), options.defaultUser());
        if (user.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "A code that the simulator did not make was refused: the default user \"{0}\" does not exist. Add it with POST /__sim__/users.",
                    options.defaultUser());
            return Reply.denied(WeChatError.INVALID_CODE);
        }
        if (!Codes.adopt(request.handle(), request.query("js_code"), app.appid(), user.get(), request.now())) {
            return Reply.denied(WeChatError.CODE_BEEN_USED);
        }
        LOG.log(
                Level.WARNING,
                "A code that the simulator did not make signed in \"{0}\" to {1}, for acceptUnknownCodes is on.",
                options.defaultUser(),
                app.appid());
        return session(request, app, user.get().name());
    }

    private static Reply session(ApiRequest request, App app, String user) {
        SessionKey key = SessionKey.fresh(request.chance());
        SessionKeys.put(request.handle(), app.appid(), user, key, request.now());
        JsonObject session =
                new JsonObject().put("session_key", key.base64()).put("openid", Identity.openid(app.appid(), user));
        return Reply.json(app.unionid() ? session.put("unionid", Identity.unionid(user)) : session);
    }
}
