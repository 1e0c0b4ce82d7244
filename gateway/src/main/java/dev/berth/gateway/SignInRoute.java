package dev.berth.gateway;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import dev.berth.core.SignIn;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;

/** CH-139: exchanges a {@code wx.login} code for a session, and ends sessions. */
final class SignInRoute {
    private static final System.Logger LOG = System.getLogger(SignInRoute.class.getName());
    private static final int LONGEST_BODY = 16 * 1024;

    /** WeChat cannot just now, whatever was asked. */
    private static final int BUSY = -1;

    private final Lane lane;

    SignInRoute(Lane lane) {
        this.lane = lane;
    }

    void signIn(HttpServerRequest request) {
        RouteBody.read(
                lane,
                request,
                LONGEST_BODY,
                body -> exchange(request, body),
                () -> refuse(
                        request,
                        413,
                        40097,
                        "body: over " + LONGEST_BODY + " bytes",
                        "Send {\"appid\",\"code\"} only."));
    }

    private void exchange(HttpServerRequest request, Buffer body) {
        String appId;
        String code;
        try {
            if (!(Json.decodeValue(body) instanceof JsonObject json)) {
                throw new DecodeException("not an object");
            }
            appId = text(json, "appid");
            code = text(json, "code");
        } catch (DecodeException e) {
            refuse(request, 400, 47001, "data format error", "Send JSON: {\"appid\":\"wx…\",\"code\":\"…\"}.");
            return;
        }
        if (appId.isEmpty() || code.isEmpty()) {
            refuse(
                    request,
                    400,
                    appId.isEmpty() ? 41002 : 41008,
                    appId.isEmpty() ? "appid missing" : "missing code",
                    "Send JSON: {\"appid\":\"wx…\",\"code\":\"…\"}.");
            return;
        }
        if (lane.directory().current().app(appId).isEmpty()) {
            refuse(
                    request,
                    400,
                    40013,
                    "invalid appid",
                    "App " + appId + " is not known here; add it with: berth apps add");
            return;
        }
        Context context = lane.vertx().getOrCreateContext();
        Future.fromCompletionStage(lane.signIn().exchange(appId, code), context)
                .compose(outcome -> answer(request, outcome))
                .onFailure(failure -> {
                    LOG.log(Level.ERROR, "Sign-in failed", failure);
                    RouteAnswer.refuse(request, 500, -601001, "system error", hint(failure));
                });
    }

    /** Without WeChat having been asked. */
    private void refuse(HttpServerRequest request, int status, int errcode, String errmsg, String hint) {
        if (!request.response().ended()) {
            RouteAnswer.refuse(request, status, errcode, errmsg, hint);
            lane.tellRefused(request, status, "SESSIONS_" + errcode, "client", errmsg);
        }
    }

    /** The code of what is wrong, but no more: callers are strangers. */
    private static String hint(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof BerthException refusal
                ? "The session cannot be kept (%s); look into the server's log."
                        .formatted(refusal.problem().code())
                : "Look into the server's log.";
    }

    private static String text(JsonObject json, String member) {
        return json.getValue(member) instanceof String value ? value : "";
    }

    private Future<Void> answer(HttpServerRequest request, SignIn.Outcome outcome) {
        switch (outcome) {
            case SignIn.SignedIn in -> {
                return lane.sessions()
                        .open(in.caller(), in.sessionKey())
                        .compose(token -> request.response()
                                .putHeader("content-type", "application/json; charset=utf-8")
                                .end(new JsonObject()
                                        .put("session", token)
                                        .put(
                                                "expiresIn",
                                                lane.sessions().unusedLifetime().toSeconds())
                                        .toBuffer()));
            }
            case SignIn.Refused refused
            when refused.errcode() == BUSY ->
                RouteAnswer.refuse(
                        request,
                        502,
                        BUSY,
                        refused.errmsg(),
                        "WeChat is busy or broken: try again in a moment. With the simulator, look into the server's log.");
            case SignIn.Refused refused ->
                RouteAnswer.refuse(
                        request,
                        401,
                        refused.errcode(),
                        refused.errmsg(),
                        "Get a new code from wx.login and try again.");
            case SignIn.Unavailable unavailable -> {
                Problem problem = unavailable.problem();
                LOG.log(Level.WARNING, problem.message());
                RouteAnswer.refuse(request, 502, -1, problem.message(), problem.hint());
            }
        }
        return Future.succeededFuture();
    }

    void signOut(HttpServerRequest request, String token) {
        lane.sessions().close(token).onComplete(closed -> {
            if (closed.succeeded() && closed.result()) {
                request.response().setStatusCode(204).end();
            } else {
                refuse(request, 401, 40001, "invalid credential", "Send the session in X-Berth-Session.");
            }
        });
    }
}
