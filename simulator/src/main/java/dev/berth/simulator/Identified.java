package dev.berth.simulator;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who calls, and what the call has to show for it. */
record Identified(Proof proof, Caller caller) {
    private static final List<String> OPENID_FIELDS = List.of("openid", "touser");

    sealed interface Proof {}

    /** The API needs no token. */
    record NotNeeded() implements Proof {}

    record Missing() implements Proof {}

    record Shown(Tokens.Proof worth) implements Proof {}

    static Identified of(ApiRequest request) {
        Proof proof = proof(request);
        Optional<String> appid = appid(request, proof);
        return new Identified(proof, new Caller(appid, openids(request, appid)));
    }

    private static Proof proof(ApiRequest request) {
        if (!request.api().needsToken()) {
            return new NotNeeded();
        }
        String token = request.query("access_token");
        return token.isEmpty() ? new Missing() : new Shown(Tokens.proof(request.handle(), token, request.now()));
    }

    private static Optional<String> appid(ApiRequest request, Proof proof) {
        return switch (proof) {
            case NotNeeded() -> {
                String named = request.api().isGet() ? request.query("appid") : request.text("appid");
                yield Apps.find(request.handle(), named).map(App::appid);
            }
            case Missing() -> Optional.empty();
            case Shown(Tokens.Good good) -> Optional.of(good.app().appid());
            case Shown(Tokens.Expired expired) -> Optional.of(expired.appid());
            case Shown(Tokens.Invalid()) -> Optional.empty();
        };
    }

    private static Set<String> openids(ApiRequest request, Optional<String> appid) {
        Set<String> openids = new HashSet<>();
        OPENID_FIELDS.forEach(field -> {
            openids.add(request.query(field));
            openids.add(request.text(field));
        });
        openids.remove("");
        appid.ifPresent(app ->
                ownerOfCode(request).map(user -> Identity.openid(app, user)).ifPresent(openids::add));
        return openids;
    }

    private static Optional<String> ownerOfCode(ApiRequest request) {
        return Codes.userOf(request.handle(), request.query("js_code"))
                .or(() -> OpenData.giver(request.handle(), request.text("code")));
    }
}
