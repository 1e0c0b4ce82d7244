package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The way of one call of an open API: which API, who calls, does a fault strike; then the token, the method, a
 * well-formed body, the day's quota; then the answer.
 */
final class OpenApi {
    private final World world;
    private final PublicApis publicApis;
    private final Map<String, Api> quotaApis;

    OpenApi(World world) {
        this.world = world;
        this.publicApis = new PublicApis(world);
        this.quotaApis = new QuotaApis(world).byPath();
    }

    /** Runs on the simulator's lane. */
    Outcome answer(Handle handle, Incoming call, Instant now) {
        List<ApiDescription> candidates = Catalogue.at(call.path());
        if (candidates.isEmpty()) {
            return Outcome.denied(WeChatError.INVALID_URL);
        }
        Optional<JsonObject> json = parse(call.body());
        JsonObject body = json.orElseGet(JsonObject::new);
        ApiDescription api = Catalogue.chosen(candidates, body);
        ApiRequest request = new ApiRequest(api, call.query(), body, media(api, call), now, handle, world.chance());
        Identified identified = Identified.of(request);
        Optional<Fault.Struck> fault = world.faults().strike(api.path(), identified.caller(), world.chance());
        Reply reply = fault.flatMap(struck -> instead(request, struck.effect()))
                .orElseGet(() -> undisturbed(call, request, identified, json.isPresent()));
        return new Outcome(reply, Optional.of(api.name()), identified.caller().appid(), fault);
    }

    /** What a fault answers in the place of the API; empty where the API is to answer. */
    private static Optional<Reply> instead(ApiRequest request, Fault.Effect effect) {
        return switch (effect) {
            case Fault.Errcode error ->
                Optional.of(error.errmsg()
                        .map(text -> Reply.denied(error.errcode(), text))
                        .orElseGet(() -> request.denied(error.errcode())));
            case Fault.ExpiredToken() -> Optional.of(Reply.denied(WeChatError.ACCESS_TOKEN_EXPIRED));
            case Fault.Status status -> Optional.of(Reply.denied(WeChatError.SYSTEM_ERROR));
            case Fault.None() -> Optional.empty();
            case Fault.Reset() -> Optional.empty();
            case Fault.Garbled garbled -> Optional.empty();
        };
    }

    private Reply undisturbed(Incoming call, ApiRequest request, Identified identified, boolean wellFormed) {
        return switch (identified.proof()) {
            case Identified.NotNeeded() -> publicly(call, request, identified, wellFormed);
            case Identified.Missing() -> Reply.denied(WeChatError.ACCESS_TOKEN_MISSING);
            case Identified.Shown(Tokens.Invalid()) -> Reply.denied(WeChatError.INVALID_CREDENTIAL);
            case Identified.Shown(Tokens.Expired expired) -> Reply.denied(WeChatError.ACCESS_TOKEN_EXPIRED);
            case Identified.Shown(Tokens.Good good) -> withToken(call, request, good.app(), wellFormed);
        };
    }

    private Reply publicly(Incoming call, ApiRequest request, Identified identified, boolean wellFormed) {
        return flaw(call, request, wellFormed)
                .or(() -> identified.caller().appid().flatMap(appid -> quota(appid, request)))
                .map(Reply::denied)
                .orElseGet(() -> publicApis.at(request.api().path()).answer(request));
    }

    private Reply withToken(Incoming call, ApiRequest request, App app, boolean wellFormed) {
        return flaw(call, request, wellFormed)
                .or(() -> quota(app.appid(), request))
                .map(Reply::denied)
                .orElseGet(() -> apiAt(request.api().path()).answer(new ApiCall(app, request)));
    }

    private Api apiAt(String path) {
        Api own = quotaApis.get(path);
        return own == null ? StatefulApis.BY_PATH.getOrDefault(path, DocumentedAnswer::of) : own;
    }

    private Optional<WeChatError> quota(String appid, ApiRequest request) {
        String path = request.api().path();
        return quotaApis.containsKey(path) || world.quotas().use(appid, path, request.now())
                ? Optional.empty()
                : Optional.of(WeChatError.DAILY_QUOTA_REACHED);
    }

    private static Optional<WeChatError> flaw(Incoming call, ApiRequest request, boolean wellFormed) {
        ApiDescription api = request.api();
        if (!call.method().equals(api.method())) {
            return Optional.of(api.isGet() ? WeChatError.REQUIRE_GET_METHOD : WeChatError.REQUIRE_POST_METHOD);
        }
        if (api.needsJson() && call.body().length() == 0) {
            return Optional.of(WeChatError.EMPTY_POST_DATA);
        }
        if (!api.isGet() && api.media().isEmpty() && !wellFormed) {
            return Optional.of(WeChatError.DATA_FORMAT_ERROR);
        }
        return mediaFlaw(request);
    }

    /** Some APIs take the address of a picture in the place of the picture. */
    private static Optional<WeChatError> mediaFlaw(ApiRequest request) {
        if (request.api().media().isEmpty() || !request.query("img_url").isEmpty()) {
            return Optional.empty();
        }
        if (request.media().isEmpty()) {
            return Optional.of(WeChatError.MEDIA_DATA_MISSING);
        }
        return request.media().get().content().length() == 0
                ? Optional.of(WeChatError.EMPTY_MEDIA_DATA)
                : Optional.empty();
    }

    private static Optional<Media> media(ApiDescription api, Incoming call) {
        return call.media().stream()
                .filter(part -> api.media().contains(part.field()))
                .findFirst();
    }

    /** An empty object for nothing at all, empty for what is no JSON object. */
    private static Optional<JsonObject> parse(Buffer body) {
        if (body.length() == 0) {
            return Optional.of(new JsonObject());
        }
        try {
            return Optional.of(new JsonObject(body));
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
