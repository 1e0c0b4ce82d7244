package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the stateful open APIs keep, when a test begins again. */
class FreshStartTest extends WeChatTest {
    @Test
    void aResetEmptiesInboxesAndTakesBackWhatWasSetUp() {
        browser.send("PUT", "/__sim__/risky-words", "{\"words\":[]}");
        browser.send("PUT", "/__sim__/apps/%s/pages".formatted(SHOP.appid()), "{\"pages\":[\"a\"]}");
        String template = addTemplate();
        act("subscriptions", new JsonObject().put("template", template).put("accept", "always"));
        act("messages", new JsonObject().put("text", "Hi"));
        assertThat(shop().errcode("/cgi-bin/message/custom/send", hello())).isZero();

        assertThat(browser.send("POST", "/__sim__/reset", "").status()).isEqualTo(200);

        assertThat(browser.get("/__sim__/users/alice/inbox").json().getJsonArray("messages"))
                .isEmpty();
        assertThat(browser.get("/__sim__/risky-words").json().getJsonArray("words"))
                .isNotEmpty();
        assertThat(browser.get("/__sim__/apps/%s/pages".formatted(SHOP.appid())).json())
                .isEqualTo(new JsonObject("{\"pages\":[]}"));
        assertThat(shop().get("/wxaapi/newtmpl/gettemplate").getJsonArray("data"))
                .isEmpty();
        assertThat(shop().errcode("/cgi-bin/message/custom/send", hello())).isEqualTo(45015);
    }

    @Test
    void aSeedRepeatsEveryIdAndTheNewestThingHasIt() {
        List<String> first = seeded("pages/first");
        List<String> second = seeded("pages/second");

        assertThat(second).isEqualTo(first);
        JsonObject info = shop().post("/wxa/queryscheme", new JsonObject().put("scheme", second.getFirst()))
                .getJsonObject("scheme_info");
        assertThat(info.getString("path")).isEqualTo("pages/second");
    }

    private List<String> seeded(String path) {
        Asker.token(browser, SHOP);
        browser.send("PUT", "/__sim__/seed", "{\"seed\":7}");
        JsonObject target = new JsonObject().put("path", path);
        return List.of(
                shop().post("/wxa/generatescheme", new JsonObject().put("jump_wxa", target))
                        .getString("openlink"),
                addTemplate(),
                act("open-data", new JsonObject().put("kind", "weRun")).getString("cloudID"),
                act("messages", new JsonObject().put("text", "Hi"))
                        .getLong("MsgId")
                        .toString(),
                shop().post("/wxa/media_check_async", media()).getString("trace_id"));
    }

    private AppServer shop() {
        return new AppServer(browser, SHOP);
    }

    private String addTemplate() {
        JsonObject choice = new JsonObject()
                .put("tid", 99)
                .put("kidList", new JsonArray().add(1).add(2));
        return shop().post("/wxaapi/newtmpl/addtemplate", choice).getString("priTmplId");
    }

    private JsonObject act(String what, JsonObject body) {
        body.put("appid", SHOP.appid()).put("user", "alice");
        return browser.send("POST", "/__sim__/" + what, body.encode()).json();
    }

    private JsonObject hello() {
        return new JsonObject()
                .put("touser", shop().openid("alice"))
                .put("msgtype", "text")
                .put("text", new JsonObject().put("content", "Hello"));
    }

    private JsonObject media() {
        return new JsonObject()
                .put("openid", shop().openid("alice"))
                .put("version", 2)
                .put("scene", 1)
                .put("media_type", 2)
                .put("media_url", "https://example.com/a.png");
    }
}
