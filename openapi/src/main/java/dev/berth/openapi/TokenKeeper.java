package dev.berth.openapi;

import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** WeChat's access tokens of all apps. Does not block. Thread-safe. */
final class TokenKeeper {
    private final TokenRenewal.Means means;
    private final Executor blocking;
    private final Map<String, AppTokens> apps = new ConcurrentHashMap<>();

    TokenKeeper(TokenRenewal.Means means, Executor blocking) {
        this.means = means;
        this.blocking = blocking;
    }

    /** A living token; may complete on any thread. Never failed. */
    Future<TokenOutcome> token(String appId) {
        return of(appId).present();
    }

    /** Another token than one that WeChat called stale; may complete on any thread. Never failed. */
    Future<TokenOutcome> renew(String appId, String stale) {
        return of(appId).insteadOf(stale);
    }

    private AppTokens of(String appId) {
        AppTokens known = apps.get(appId);
        return known != null
                ? known
                : apps.computeIfAbsent(
                        appId, id -> new AppTokens(new TokenRenewal(means, id), blocking, means.nanos()));
    }
}
