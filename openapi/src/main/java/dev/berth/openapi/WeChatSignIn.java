package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.Caller;
import dev.berth.core.Problem;
import dev.berth.core.SignIn;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code jscode2session} of WeChat, or of the simulator, which is told from WeChat by its address only. A code is used up
 * by the first try, so nothing is tried twice. Thread-safe.
 */
final class WeChatSignIn implements SignIn {
    private final ObjectMapper json = new ObjectMapper();
    private final Pipeline pipeline;

    WeChatSignIn(Pipeline pipeline) {
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
    }

    @Override
    public CompletionStage<Outcome> exchange(String appId, String code) {
        return CompletableFuture.supplyAsync(() -> pipeline.ports().secrets().secretOf(appId), pipeline.blocking())
                .thenCompose(secret -> secret.isEmpty()
                        ? CompletableFuture.completedStage(new Refused(40013, "invalid appid"))
                        : ask(appId, secret.get(), code).toCompletionStage());
    }

    private Future<Outcome> ask(String appId, String secret, String code) {
        String uri = "/sns/jscode2session?grant_type=authorization_code&appid=" + Credential.encode(appId) + "&secret="
                + Credential.encode(secret) + "&js_code=" + Credential.encode(code);
        return pipeline.ownRequests()
                .send(appId, HttpMethod.GET, uri, Optional.empty())
                .map(answer -> read(appId, answer))
                .recover(failure -> Future.succeededFuture(unavailable(OwnRequest.complaint(failure))));
    }

    private Outcome read(String appId, Buffer body) {
        JsonNode answer;
        try {
            answer = json.readTree(body.getBytes());
        } catch (IOException e) {
            return unavailable("did not answer JSON");
        }
        int errcode = answer.path("errcode").asInt(0);
        if (errcode != 0) {
            return new Refused(errcode, answer.path("errmsg").asText("system error"));
        }
        String openId = answer.path("openid").asText("");
        String sessionKey = answer.path("session_key").asText("");
        if (openId.isEmpty() || sessionKey.isEmpty()) {
            return unavailable("answered neither openid and session_key nor errcode");
        }
        Optional<String> unionId =
                Optional.of(answer.path("unionid").asText("")).filter(id -> !id.isEmpty());
        return new SignedIn(new Caller(appId, openId, unionId), sessionKey);
    }

    private Unavailable unavailable(String what) {
        return new Unavailable(
                new Problem(
                        "WECHAT_UNAVAILABLE",
                        "openapi",
                        "WeChat at %s %s".formatted(pipeline.options().baseUrl(), what),
                        "Try again; if it lasts, look at wechat.base-url and at the way to the network."),
                Optional.empty());
    }
}
