package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The way of one call of an open API: which API, whose token, the right method, a well-formed body, then the answer. */
final class OpenApi {
    private final PublicApis publicApis;
    private final Chance chance;

    OpenApi(PublicApis publicApis, Chance chance) {
        this.publicApis = publicApis;
        this.chance = chance;
    }

    /** Runs on the simulator's lane. */
    Reply answer(Handle handle, Incoming call, Instant now) {
        List<ApiDescription> candidates = Catalogue.at(call.path());
        if (candidates.isEmpty()) {
            return Reply.denied(WeChatError.INVALID_URL);
        }
        Optional<JsonObject> json = parse(call.body());
        JsonObject body = json.orElseGet(JsonObject::new);
        ApiDescription api = Catalogue.chosen(candidates, body);
        ApiRequest request = new ApiRequest(api, call.query(), body, media(api, call), now, handle, chance);
        return api.needsToken()
                ? withToken(handle, call, request, json.isPresent())
                : publicly(call, request, json.isPresent());
    }

    private Reply publicly(Incoming call, ApiRequest request, boolean wellFormed) {
        return flaw(call, request, wellFormed)
                .map(Reply::denied)
                .orElseGet(() -> publicApis.at(request.api().path()).answer(request));
    }

    private static Reply withToken(Handle handle, Incoming call, ApiRequest request, boolean wellFormed) {
        String token = call.query("access_token");
        if (token.isEmpty()) {
            return Reply.denied(WeChatError.ACCESS_TOKEN_MISSING);
        }
        return switch (Tokens.proof(handle, token, request.now())) {
            case Tokens.Invalid() -> Reply.denied(WeChatError.INVALID_CREDENTIAL);
            case Tokens.Expired expired -> Reply.denied(WeChatError.ACCESS_TOKEN_EXPIRED);
            case Tokens.Good good ->
                flaw(call, request, wellFormed)
                        .map(Reply::denied)
                        .orElseGet(() -> apiAt(request.api().path()).answer(new ApiCall(good.app(), request)));
        };
    }

    private static Api apiAt(String path) {
        return StatefulApis.BY_PATH.getOrDefault(path, DocumentedAnswer::of);
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
