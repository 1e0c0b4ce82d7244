package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Calls an open API as its page says, with made-up arguments. */
record OpenApiCaller(Browser browser, String token) {
    private static final String BOUNDARY = "a-boundary";

    /** With everything as it should be. */
    Browser.Page right(ApiDescription api) {
        if (!api.media().isEmpty()) {
            return upload(api, "GIF89a, or nearly");
        }
        JsonObject right = new RightArguments(browser).of(api);
        String body =
                api.isGet() ? "" : new JsonObject(json(api)).mergeIn(right).encode();
        return browser.send(api.method(), target(api, token, right), body, "Content-Type", "application/json");
    }

    Browser.Page send(String method, ApiDescription api, String withToken, String body) {
        return browser.send(method, target(api, withToken, new JsonObject()), body, "Content-Type", "application/json");
    }

    Browser.Page upload(ApiDescription api, String content) {
        String body = """
                --%s\r
                Content-Disposition: form-data; name="%s"; filename="a.gif"\r
                Content-Type: image/gif\r
                \r
                %s\r
                --%s--\r
                """.formatted(BOUNDARY, api.media().getFirst(), content, BOUNDARY);
        return browser.send(
                "POST",
                target(api, token, new JsonObject()),
                body,
                "Content-Type",
                "multipart/form-data; boundary=" + BOUNDARY);
    }

    static String json(ApiDescription api) {
        if (api.isGet()) {
            return "";
        }
        JsonObject body = new JsonObject().put("as", "told");
        api.body().forEach(field -> body.put(field, argument(field)));
        if (api.note().orElse("").startsWith("action=")) {
            String first = api.note().get().substring("action=".length()).split("[| ]", 2)[0];
            body.put("action", first);
        }
        return body.encode();
    }

    private static String target(ApiDescription api, String withToken, JsonObject right) {
        List<String> parameters = new ArrayList<>();
        if (!withToken.isEmpty()) {
            parameters.add("access_token=" + withToken);
        }
        api.query().stream()
                .filter(name -> !name.equals("img_url"))
                .forEach(name ->
                        parameters.add(name + "=" + encoded(String.valueOf(right.getValue(name, argument(name))))));
        return api.path() + "?" + String.join("&", parameters);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String argument(String field) {
        return switch (field) {
            case "openid", "touser" -> Identity.openid(WeChatTest.SHOP.appid(), "alice");
            case "type" -> "image";
            default -> "some " + field;
        };
    }
}
