package dev.berth.simulator;

import java.util.Map;

/** The APIs that need no token, by path. */
final class PublicApis {
    private final Map<String, PublicApi> byPath;

    PublicApis(World world) {
        SignIn signIn = new SignIn(world.options());
        TokenApis tokens = new TokenApis(world.quotas());
        byPath = Map.of(
                "/sns/jscode2session", signIn::exchange,
                "/cgi-bin/token", TokenApis::token,
                "/cgi-bin/stable_token", tokens::stableToken);
    }

    PublicApi at(String path) {
        PublicApi api = byPath.get(path);
        if (api == null) {
            throw new IllegalStateException("no token is needed at " + path + ", but nothing answers there");
        }
        return api;
    }
}
