package dev.berth.simulator;

import io.vertx.core.json.JsonObject;

/** An app's server, as far as it asks for tokens. */
final class Asker {
    private Asker() {}

    /** The app's stable token; fails with WeChat's words when there is none. */
    static String token(Browser browser, App app) {
        JsonObject body = new JsonObject()
                .put("grant_type", "client_credential")
                .put("appid", app.appid())
                .put("secret", app.secret());
        Browser.Page page = browser.send("POST", "/cgi-bin/stable_token", body.encode());
        if (!page.json().containsKey("access_token")) {
            throw new AssertionError(page.body());
        }
        return page.json().getString("access_token");
    }
}
