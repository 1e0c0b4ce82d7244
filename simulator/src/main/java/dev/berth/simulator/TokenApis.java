package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code /cgi-bin/token} and {@code /cgi-bin/stable_token}: how an app comes by an access token (OA-49). Times and the
 * quota of forced refreshes are those of WeChat's pages getAccessToken and getStableAccessToken
 * (developers.weixin.qq.com/doc/service/api/base).
 */
final class TokenApis {
    /** How long a replaced token goes on working, and how long before its end a stable one is replaced. */
    static final Duration OVERLAP = Duration.ofMinutes(5);

    /** A stable token that is younger is not replaced, not even by force. */
    static final Duration FORCED_PAUSE = Duration.ofSeconds(30);

    private final Quotas quotas;

    TokenApis(Quotas quotas) {
        this.quotas = quotas;
    }

    /** Each call makes a new token. */
    static Reply token(ApiRequest request) {
        String appid = request.query("appid");
        Optional<WeChatError> flaw =
                Credentials.flaw(request.query("grant_type"), "client_credential", appid, request.query("secret"));
        return flaw.isPresent() ? Reply.denied(flaw.get()) : token(request, appid, request.query("secret"));
    }

    private static Reply token(ApiRequest request, String appid, String secret) {
        return switch (Credentials.check(request.handle(), appid, secret)) {
            case Credentials.Wrong wrong -> Reply.denied(wrong.error());
            case Credentials.Right right -> {
                TokenRequests.count(request.handle(), right.app(), Tokens.Kind.TOKEN);
                yield given(mint(request, right.app(), Tokens.Kind.TOKEN, OVERLAP), request.now());
            }
        };
    }

    /** The same token until shortly before its end, unless the caller forces a new one. */
    Reply stableToken(ApiRequest request) {
        String appid = request.text("appid");
        String secret = request.text("secret");
        Optional<WeChatError> flaw = Credentials.flaw(request.text("grant_type"), "client_credential", appid, secret);
        if (flaw.isPresent()) {
            return Reply.denied(flaw.get());
        }
        return switch (Credentials.check(request.handle(), appid, secret)) {
            case Credentials.Wrong wrong -> Reply.denied(wrong.error());
            case Credentials.Right right -> {
                TokenRequests.count(request.handle(), right.app(), Tokens.Kind.STABLE);
                yield stable(request, right.app());
            }
        };
    }

    private Reply stable(ApiRequest request, App app) {
        Optional<Tokens.Token> current = Tokens.current(request.handle(), app, Tokens.Kind.STABLE);
        if (Boolean.TRUE.equals(request.body().getValue("force_refresh"))) {
            return current.filter(token -> token.madeAt().plus(FORCED_PAUSE).isAfter(request.now()))
                    .map(token -> given(token, request.now()))
                    .orElseGet(() -> forced(request, app));
        }
        Tokens.Token token = current.filter(
                        found -> found.expiresAt().minus(OVERLAP).isAfter(request.now()))
                .orElseGet(() -> mint(request, app, Tokens.Kind.STABLE, OVERLAP));
        return given(token, request.now());
    }

    private Reply forced(ApiRequest request, App app) {
        return quotas.use(app.appid(), Quotas.FORCED_REFRESH, request.now())
                ? given(mint(request, app, Tokens.Kind.STABLE, Duration.ZERO), request.now())
                : Reply.denied(WeChatError.DAILY_QUOTA_REACHED);
    }

    private static Tokens.Token mint(ApiRequest request, App app, Tokens.Kind kind, Duration overlap) {
        Instant now = request.now();
        return Tokens.mint(request.handle(), app, kind, now, now.plus(overlap), request.chance());
    }

    private static Reply given(Tokens.Token token, Instant now) {
        return Reply.json(new JsonObject().put("access_token", token.text()).put("expires_in", token.secondsLeft(now)));
    }
}
