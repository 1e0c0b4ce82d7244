package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.AppSecrets;
import dev.berth.core.Caller;
import dev.berth.core.Problem;
import dev.berth.core.SignIn;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code jscode2session} of WeChat, or of the simulator, which is told from WeChat by its address only. A code is used up
 * by the first try, so nothing is tried twice. Thread-safe.
 */
public final class WeChatSignIn implements SignIn, AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(8);
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .version(HttpClient.Version.HTTP_1_1)
            .executor(blocking)
            .build();
    private final URI baseUrl;
    private final AppSecrets secrets;

    /** @param baseUrl {@code https://api.weixin.qq.com}, or the simulator's */
    public WeChatSignIn(URI baseUrl, AppSecrets secrets) {
        this.baseUrl = requireNonNull(baseUrl, "baseUrl is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    @Override
    public CompletionStage<Outcome> exchange(String appId, String code) {
        return CompletableFuture.supplyAsync(() -> ask(appId, code), blocking);
    }

    private Outcome ask(String appId, String code) {
        Optional<String> secret = secrets.secretOf(appId);
        if (secret.isEmpty()) {
            return new Refused(40013, "invalid appid");
        }
        HttpRequest request = HttpRequest.newBuilder(
                        baseUrl.resolve("/sns/jscode2session?grant_type=authorization_code&appid=" + encode(appId)
                                + "&secret=" + encode(secret.get()) + "&js_code=" + encode(code)))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            return read(appId, client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            // The message of an exception could hold the address, and with it the secret: it is not passed on.
            return unavailable("cannot be reached (" + e.getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("was not waited for");
        }
    }

    private Outcome read(String appId, HttpResponse<InputStream> response) throws IOException {
        byte[] body;
        try (InputStream stream = response.body()) {
            body = stream.readNBytes(LONGEST_ANSWER + 1);
        }
        if (body.length > LONGEST_ANSWER) {
            return unavailable("answered more than " + LONGEST_ANSWER + " bytes");
        }
        if (response.statusCode() != 200) {
            return unavailable("answered HTTP " + response.statusCode());
        }
        try {
            return interpret(appId, json.readTree(body));
        } catch (JsonProcessingException e) {
            return unavailable("did not answer JSON");
        }
    }

    private Outcome interpret(String appId, JsonNode answer) {
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
                        "WeChat at %s %s".formatted(baseUrl, what),
                        "Try again; if it lasts, look at wechat.base-url and at the way to the network."),
                Optional.empty());
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    @Override
    public void close() {
        client.shutdownNow();
        blocking.shutdownNow();
    }
}
