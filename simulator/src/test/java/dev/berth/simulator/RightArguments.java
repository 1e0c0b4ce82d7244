package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;

/** What an API that keeps state must be called with to say yes; makes the state that this takes. */
final class RightArguments {
    private static final App APP = WeChatTest.SHOP;
    private static final Buffer JPEG = Buffer.buffer(HexFormat.of().parseHex("ffd8ffe0"));

    private static final String PAGE = "pages/index/index";

    private final Browser browser;

    RightArguments(Browser browser) {
        this.browser = browser;
    }

    /** Parameters and fields; empty where any will do. */
    JsonObject of(ApiDescription api) {
        return switch (api.path()) {
            case "/wxa/business/getuserphonenumber" -> new JsonObject().put("code", phoneCode());
            case "/wxa/getopendata" -> new JsonObject().put("cloudid_list", new JsonArray().add(cloudId()));
            case "/wxaapi/newtmpl/addtemplate" -> choice();
            case "/wxaapi/newtmpl/deltemplate" -> new JsonObject().put("priTmplId", template());
            case "/wxaapi/newtmpl/getpubtemplatekeywords" -> new JsonObject().put("tid", 99);
            case "/wxaapi/newtmpl/getpubtemplatetitles" ->
                new JsonObject().put("ids", "616").put("start", 0).put("limit", 30);
            case "/cgi-bin/message/subscribe/send", "/cgi-bin/message/subscribe/bizsend" -> subscribeMessage();
            case "/cgi-bin/message/custom/send" -> customerMessage();
            case "/cgi-bin/message/custom/typing" -> typing();
            case "/cgi-bin/media/get" -> new JsonObject().put("media_id", picture());
            case "/wxa/msg_sec_check" -> check().put("content", "hello");
            case "/wxa/media_check_async" -> check().put("media_type", 2).put("media_url", "https://example.com/a.png");
            case "/wxa/getwxacode", "/cgi-bin/wxaapp/createwxaqrcode" -> drawn().put("path", PAGE + "?id=1");
            case "/wxa/getwxacodeunlimit" ->
                drawn().put("scene", "id=1").put("page", PAGE).put("check_path", true);
            case "/wxa/generatescheme" -> ending().put("jump_wxa", new JsonObject().put("path", PAGE));
            case "/wxa/generate_urllink" ->
                ending().put("path", PAGE).put("query", "id=1").put("env_version", "release");
            case "/wxa/genwxashortlink" ->
                new JsonObject().put("page_url", PAGE).put("is_permanent", false);
            case "/wxa/queryscheme" -> new JsonObject().put("scheme", link("/wxa/generatescheme", "openlink"));
            case "/wxa/query_urllink" -> new JsonObject().put("url_link", link("/wxa/generate_urllink", "url_link"));
            default -> new JsonObject();
        };
    }

    private String phoneCode() {
        browser.send("POST", "/__sim__/users", "{\"name\":\"with-phone\",\"phone\":\"13800138000\"}");
        return press("with-phone", "phoneNumber").getString("code");
    }

    private String cloudId() {
        return press("alice", "weRun").getString("cloudID");
    }

    private JsonObject press(String user, String kind) {
        return act("open-data", user, new JsonObject().put("kind", kind));
    }

    private String template() {
        return server().post("/wxaapi/newtmpl/addtemplate", choice()).getString("priTmplId");
    }

    private static JsonObject choice() {
        return new JsonObject()
                .put("tid", 99)
                .put("kidList", new JsonArray().add(1).add(4))
                .put("sceneDesc", "付款");
    }

    private JsonObject subscribeMessage() {
        String template = template();
        act("subscriptions", "alice", new JsonObject().put("template", template).put("accept", 1));
        JsonObject data = new JsonObject()
                .put("thing1", new JsonObject().put("value", "月票"))
                .put("character_string4", new JsonObject().put("value", "A20191001"));
        return new JsonObject()
                .put("touser", server().openid("alice"))
                .put("template_id", template)
                .put("page", "pages/index/index?id=1")
                .put("data", data)
                .put("miniprogram_state", "formal")
                .put("lang", "zh_CN");
    }

    private JsonObject customerMessage() {
        act("messages", "alice", new JsonObject().put("text", "Hi"));
        return new JsonObject().put("msgtype", "text").put("text", new JsonObject().put("content", "Hello"));
    }

    private JsonObject typing() {
        act("messages", "alice", new JsonObject().put("text", "Hi"));
        return new JsonObject().put("command", "Typing");
    }

    private String picture() {
        return server().upload("/cgi-bin/media/upload?type=image", "a.jpg", JPEG)
                .getString("media_id");
    }

    private static JsonObject check() {
        return new JsonObject().put("version", 2).put("scene", 1);
    }

    private static JsonObject drawn() {
        return new JsonObject()
                .put("width", 430)
                .put("auto_color", false)
                .put("line_color", new JsonObject().put("r", 0).put("g", 0).put("b", 0))
                .put("is_hyaline", false)
                .put("env_version", "release");
    }

    private static JsonObject ending() {
        return new JsonObject().put("expire_type", 1).put("expire_interval", 7);
    }

    private String link(String api, String field) {
        return server().post(api, new JsonObject()).getString(field);
    }

    private JsonObject act(String what, String user, JsonObject body) {
        body.put("appid", APP.appid()).put("user", user);
        return browser.send("POST", "/__sim__/" + what, body.encode()).json();
    }

    private AppServer server() {
        return new AppServer(browser, APP);
    }
}
