package dev.berth.gateway;

import dev.berth.core.Caller;
import dev.berth.core.OpenData;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;

/** OA-31: gives the user of a session a CloudID for what an open-data button of WeChat gave to his page. */
final class OpenDataRoute {
    private static final System.Logger LOG = System.getLogger(OpenDataRoute.class.getName());

    /** A month of steps, the most that WeChat gives, is a tenth of it. */
    private static final int LONGEST_BODY = 32 * 1024;

    private static final String FORM =
            "Send what WeChat gave, unchanged: {\"encryptedData\",\"iv\"} and, if it has them, both \"rawData\" and \"signature\".";

    private final Lane lane;

    OpenDataRoute(Lane lane) {
        this.lane = lane;
    }

    void handle(HttpServerRequest request, String session) {
        RouteBody.read(
                lane,
                request,
                LONGEST_BODY,
                body -> read(request, session, body),
                () -> refuse(request, 413, 40097, "body: over " + LONGEST_BODY + " bytes", FORM));
    }

    private void read(HttpServerRequest request, String session, Buffer body) {
        JsonObject json;
        try {
            if (!(Json.decodeValue(body) instanceof JsonObject object)) {
                throw new DecodeException("not an object");
            }
            json = object;
        } catch (DecodeException e) {
            refuse(request, 400, 47001, "data format error", FORM);
            return;
        }
        given(json)
                .ifPresentOrElse(
                        given -> authenticate(request, session, given),
                        () -> refuse(request, 400, 40097, "invalid args", FORM));
    }

    private static Optional<OpenData.Given> given(JsonObject json) {
        String encryptedData = text(json, "encryptedData");
        String iv = text(json, "iv");
        String rawData = text(json, "rawData");
        String signature = text(json, "signature");
        if (encryptedData.isEmpty() || iv.isEmpty() || rawData.isEmpty() != signature.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new OpenData.Given(
                encryptedData,
                iv,
                rawData.isEmpty() ? Optional.empty() : Optional.of(new OpenData.Signed(rawData, signature))));
    }

    private static String text(JsonObject json, String member) {
        return json.getValue(member) instanceof String value ? value : "";
    }

    private void authenticate(HttpServerRequest request, String session, OpenData.Given given) {
        Optional<Caller> cached = lane.sessions().cached(session);
        if (cached.isPresent()) {
            findKey(request, session, cached.get(), given);
            return;
        }
        then(request, lane.sessions().verify(session), verdict -> {
            switch (verdict) { // CH-83
                case Sessions.Valid valid -> findKey(request, session, valid.caller(), given);
                case Sessions.Forged forged ->
                    refuse(request, 401, 40001, "invalid credential", "Send the session in X-Berth-Session.");
                case Sessions.Over over -> refuseEnded(request);
            }
        });
    }

    private void findKey(HttpServerRequest request, String session, Caller user, OpenData.Given given) {
        then(
                request,
                lane.sessions().sessionKey(session),
                found -> found.ifPresentOrElse(key -> make(request, user, key, given), () -> refuseEnded(request)));
    }

    private void refuseEnded(HttpServerRequest request) {
        refuse(request, 401, 42001, "access_token expired", "The session is over; sign in again.");
    }

    /** Not on the event loop: it is arithmetic only, but over all of the body. */
    private void make(HttpServerRequest request, Caller user, String key, OpenData.Given given) {
        then(request, lane.vertx().executeBlocking(() -> lane.openData().cloudId(user, key, given), false), outcome -> {
            switch (outcome) {
                case OpenData.Made made -> answer(request, made.cloudId());
                case OpenData.Refused refused ->
                    refuse(request, 400, refused.errcode(), refused.errmsg(), refused.hint());
            }
        });
    }

    private static void answer(HttpServerRequest request, String cloudId) {
        if (!request.response().closed()) {
            request.response()
                    .putHeader("content-type", "application/json; charset=utf-8")
                    .end(new JsonObject()
                            .put("cloudID", cloudId)
                            .put("expiresIn", OpenData.LIFE.toSeconds())
                            .toBuffer());
        }
    }

    /** On this request's event loop, whatever thread the outcome comes from. */
    private <T> void then(HttpServerRequest request, Future<T> future, Consumer<T> next) {
        Context context = lane.vertx().getOrCreateContext();
        future.onComplete(outcome -> context.runOnContext(ignored -> {
            if (outcome.succeeded()) {
                next.accept(outcome.result());
            } else {
                LOG.log(Level.ERROR, "A CloudID cannot be made", outcome.cause());
                refuse(request, 500, -601001, "system error", "Look into the server's log.");
            }
        }));
    }

    private void refuse(HttpServerRequest request, int status, int errcode, String errmsg, String hint) {
        if (!request.response().ended()) {
            RouteAnswer.refuse(request, status, errcode, errmsg, hint);
            lane.tellRefused(request, status, "OPEN_DATA_" + errcode, "client", errmsg);
        }
    }
}
