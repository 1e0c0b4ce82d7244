package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Optional;

/**
 * Asks WeChat for a token: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html
 * and getAccessToken.html beside it. Thread-safe.
 */
final class TokenRequest {
    sealed interface Reply {}

    /** @param seconds of life */
    record Issued(String value, long seconds) implements Reply {
        @Override
        public String toString() {
            return "Issued[seconds=" + seconds + "]";
        }
    }

    record Refused(int errcode, String errmsg) implements Reply {}

    /** @param what to be put after "WeChat at …" */
    record Failed(String what) implements Reply {}

    private static final String CREDENTIAL = "client_credential";

    private final ObjectMapper json = new ObjectMapper();
    private final OwnRequest requests;
    private final PipelineOptions.TokenSource source;

    TokenRequest(OwnRequest requests, PipelineOptions.TokenSource source) {
        this.requests = requests;
        this.source = source;
    }

    /** @param force makes WeChat issue a new stable token although the present one lives; at most 20 times a day */
    Future<Reply> send(String appId, String secret, boolean force) {
        Future<Buffer> answer = switch (source) {
            case STABLE_TOKEN ->
                requests.send(
                        appId,
                        HttpMethod.POST,
                        "/cgi-bin/stable_token",
                        Optional.of(new JsonObject()
                                .put("grant_type", CREDENTIAL)
                                .put("appid", appId)
                                .put("secret", secret)
                                .put("force_refresh", force)
                                .toBuffer()));
            case TOKEN ->
                requests.send(
                        appId,
                        HttpMethod.GET,
                        "/cgi-bin/token?grant_type=%s&appid=%s&secret=%s"
                                .formatted(CREDENTIAL, encode(appId), encode(secret)),
                        Optional.empty());
        };
        return answer.map(this::read)
                .recover(failure -> Future.succeededFuture(new Failed(OwnRequest.complaint(failure))));
    }

    private Reply read(Buffer answer) {
        JsonNode reply;
        try {
            reply = json.readTree(answer.getBytes());
        } catch (IOException e) {
            return new Failed("did not answer JSON");
        }
        int errcode = reply.path("errcode").asInt(0);
        if (errcode != 0) {
            return new Refused(errcode, reply.path("errmsg").asText(""));
        }
        String value = reply.path("access_token").asText("");
        long seconds = reply.path("expires_in").asLong(0);
        return value.isEmpty() || seconds <= 0
                ? new Failed("answered neither access_token and expires_in nor errcode")
                : new Issued(value, seconds);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
