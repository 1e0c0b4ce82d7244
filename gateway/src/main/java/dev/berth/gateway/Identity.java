package dev.berth.gateway;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.Caller;
import dev.berth.core.CloudbaseTokens;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a service is told about the caller (CH-41 to CH-56). Nothing else writes {@code x-wx-*} headers.
 *
 * @param owner AppID of the app that owns the environment
 * @param app the calling app
 * @param tokens makes cloudbase access tokens, if the environment's services are given them
 */
record Identity(Caller caller, String owner, Optional<App> app, Optional<CloudbaseTokens> tokens) {
    private static final String SOURCE = "wx_client"; // CH-54

    /** Whether the environment belongs to another app, which granted it (section 14). CH-137: naming one's own is no sharing. */
    boolean shared() {
        return !owner.equals(caller.appId());
    }

    void writeTo(MultiMap headers, InboundHead head, String callId, String target, String clientAddress) {
        Set<String> excluded = excluded(head.excludedCredentials());
        if (shared()) {
            put(headers, excluded, "from-openid", HeaderNames.FROM_OPENID, caller.openId()); // CH-44, CH-132
            put(headers, excluded, "from-appid", HeaderNames.FROM_APPID, caller.appId());
            caller.unionId().ifPresent(id -> put(headers, excluded, "from-unionid", HeaderNames.FROM_UNIONID, id));
        } else {
            put(headers, excluded, "openid", HeaderNames.OPENID, caller.openId()); // CH-41
            headers.add(HeaderNames.APPID, caller.appId()); // CH-42
            caller.unionId().ifPresent(id -> put(headers, excluded, "unionid", HeaderNames.UNIONID, id)); // CH-43
        }
        if (tokens.isPresent() && !excluded.contains("cloudbase-access-token")) {
            writeTokens(headers, head.environment(), tokens.get());
        }
        headers.add(HeaderNames.ENVIRONMENT, head.environment()); // CH-47
        headers.add(HeaderNames.SOURCE, SOURCE); // CH-48
        headers.add(HeaderNames.SERVICE, head.service()); // CH-50
        headers.add(HeaderNames.CONTAINER_PATH, target);
        headers.add(HeaderNames.CALL_ID, callId);
        headers.add(HeaderNames.FORWARDED_FOR, clientAddress); // CH-45
        headers.add(HeaderNames.ORIGINAL_FORWARDED_FOR, clientAddress); // CH-46
        if (app.isPresent() && app.get().kind() == AppKind.MINI_PROGRAM) {
            headers.add(
                    HeaderNames.REFERER, "https://servicewechat.com/" + caller.appId() + "/0/page-frame.html"); // CH-51
        }
    }

    /** CH-49. */
    private void writeTokens(MultiMap headers, String environment, CloudbaseTokens issuer) {
        headers.add(HeaderNames.CLOUDBASE_ACCESS_TOKEN, issuer.issue(environment, owner));
        if (shared()) {
            headers.add(HeaderNames.FROM_CLOUDBASE_ACCESS_TOKEN, issuer.issue(environment, caller.appId()));
        }
    }

    private static void put(
            MultiMap headers, Set<String> excluded, String credential, CharSequence name, String value) {
        if (!excluded.contains(credential)) {
            headers.add(name, value);
        }
    }

    /** CH-56. */
    private static Set<String> excluded(String list) {
        if (list.isEmpty()) {
            return Set.of();
        }
        return Stream.of(list.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
