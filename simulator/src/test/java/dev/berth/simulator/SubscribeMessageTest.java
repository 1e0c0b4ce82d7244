package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates, consent, and the messages that consent permits. */
class SubscribeMessageTest extends WeChatTest {
    private static final String TEMPLATE = "9Aw5ZV1j9xdWTFEkqCpZ7jWySL7aGN6rQom4gXINfJs";
    private static final String SEND = "/cgi-bin/message/subscribe/send";

    @BeforeEach
    void putTemplate() {
        JsonObject template =
                new JsonObject().put("title", "会议提醒").put("content", "会议时间:{{date2.DATA}} 会议地点:{{thing1.DATA}}");
        browser.send("PUT", "/__sim__/apps/%s/templates/%s".formatted(SHOP.appid(), TEMPLATE), template.encode());
    }

    @Test
    void aMessageNeedsConsentAndUsesItUp() {
        assertError(shop().post(SEND, message()), 43101, "user refuse to accept the msg");
        assertThat(consent("1").getString(TEMPLATE)).isEqualTo("accept");

        assertThat(shop().errcode(SEND, message())).isZero();
        assertThat(shop().errcode(SEND, message())).isEqualTo(43101);
    }

    @Test
    void eachConsentPermitsOneMessageMore() {
        consent("2");
        consent("1");

        for (int sent = 0; sent < 3; sent++) {
            assertThat(shop().errcode(SEND, message())).isZero();
        }
        assertThat(shop().errcode(SEND, message())).isEqualTo(43101);
    }

    @Test
    void whoAlwaysConsentsGetsMessagesUntilRejectingThem() {
        consent("\"always\"");
        for (int sent = 0; sent < 5; sent++) {
            assertThat(shop().errcode(SEND, message())).isZero();
        }
        assertThat(consent("\"reject\"").getString(TEMPLATE)).isEqualTo("reject");

        assertThat(shop().errcode(SEND, message())).isEqualTo(43101);
    }

    @Test
    void consentIsForOneUserAndOneApp() {
        consent("1");

        assertThat(shop().errcode(SEND, message().put("touser", shop().openid("bob"))))
                .isEqualTo(43101);
        AppServer news = new AppServer(browser, NEWS);
        assertThat(news.errcode(SEND, message().put("touser", news.openid("alice"))))
                .isEqualTo(40037);
    }

    @Test
    void aMessageLandsInTheInbox() {
        consent("1");
        shop().post(SEND, message().put("page", "pages/meeting/meeting?id=7").put("miniprogram_state", "trial"));

        JsonArray inbox = browser.get("/__sim__/users/alice/inbox").json().getJsonArray("messages");
        assertThat(inbox).hasSize(1);
        JsonObject entry = inbox.getJsonObject(0);
        assertThat(entry.getString("app")).isEqualTo(SHOP.appid());
        assertThat(entry.getString("kind")).isEqualTo("SUBSCRIBE_MESSAGE");
        assertThat(entry.getInstant("time")).isEqualTo(clock.instant());
        assertThat(entry.getJsonObject("content")).isEqualTo(new JsonObject("""
                {"template": "%s", "title": "会议提醒", "page": "pages/meeting/meeting?id=7", "state": "trial", "lines": [
                  {"label": "会议时间", "name": "date2", "value": "2019年10月1日 15:01"},
                  {"label": "会议地点", "name": "thing1", "value": "TIT会议室"}]}""".formatted(TEMPLATE)));
        assertThat(browser.get("/__sim__/users/bob/inbox").json().getJsonArray("messages"))
                .isEmpty();
        assertThat(browser.send("DELETE", "/__sim__/users/alice/inbox", "").status())
                .isEqualTo(204);
        assertThat(browser.get("/__sim__/users/alice/inbox").json().getJsonArray("messages"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"touser\":\"nobody\"} | 40003 | invalid openid",
                "{\"template_id\":\"none\"} | 40037 | invalid template_id",
                "{\"page\":\"https://example.com\"} | 41030 | invalid page",
                "{\"miniprogram_state\":\"beta\"} | 47003 | argument invalid! miniprogram_state invalid",
                "{\"lang\":\"fr\"} | 47003 | argument invalid! lang invalid",
                "{\"data\":{\"date2\":{\"value\":\"soon\"},\"thing1\":{\"value\":\"x\"}}} | 47003 | argument invalid! data.date2.value invalid",
                "{\"data\":{\"date2\":{\"value\":\"2019-10-01\"}}} | 47003 | argument invalid! data.thing1.value is empty",
                "{\"data\":{\"date2\":{\"value\":\"2019-10-01\"},\"thing1\":{\"value\":\"一二三四五六七八九十一二三四五六七八九十一\"}}} | 47003 | argument invalid! data.thing1.value invalid",
                "{\"data\":\"text\"} | 47003 | argument invalid! data.date2.value is empty",
            })
    void aFlawedMessageIsRefusedAndUsesUpNoConsent(String change, int errcode, String text) {
        consent("1");

        assertError(shop().post(SEND, message().mergeIn(new JsonObject(change))), errcode, text);
        assertThat(shop().errcode(SEND, message())).isZero();
    }

    @Test
    void pagesAreCheckedAgainstThoseThatWereTold() {
        consent("2");
        browser.send("PUT", "/__sim__/apps/%s/pages".formatted(SHOP.appid()), "{\"pages\":[\"pages/index/index\"]}");

        assertThat(shop().errcode(SEND, message().put("page", "pages/other/other")))
                .isEqualTo(41030);
        assertThat(shop().errcode(SEND, message().put("page", "pages/index/index?a=b")))
                .isZero();
        assertThat(shop().errcode(SEND, message().put("page", "/pages/index/index")))
                .isZero();
    }

    @Test
    void aMessageOfAnOfficialAccountLeadsToAWebAddress() {
        AppServer news = new AppServer(browser, NEWS);
        JsonObject choice = new JsonObject()
                .put("tid", 1128)
                .put("kidList", new JsonArray().add(1).add(2));
        String template = news.post("/wxaapi/newtmpl/addtemplate", choice).getString("priTmplId");
        JsonObject consent = consentBody("1").put("appid", NEWS.appid()).put("template", template);
        browser.send("POST", "/__sim__/subscriptions", consent.encode());
        JsonObject message = message()
                .put("touser", news.openid("alice"))
                .put("template_id", template)
                .put("page", "https://example.com/");

        assertThat(news.errcode("/cgi-bin/message/subscribe/bizsend", message)).isZero();
        assertThat(news.errcode("/cgi-bin/message/subscribe/bizsend", message)).isEqualTo(43101);
    }

    @Test
    void anAppChoosesListsAndRemovesATemplate() {
        JsonObject choice = new JsonObject()
                .put("tid", "99")
                .put("kidList", new JsonArray().add(3).add(1))
                .put("sceneDesc", "付款后");
        String id = shop().post("/wxaapi/newtmpl/addtemplate", choice).getString("priTmplId");

        JsonArray templates = shop().get("/wxaapi/newtmpl/gettemplate").getJsonArray("data");
        assertThat(templates).hasSize(2);
        assertThat(templates.getJsonObject(1).getString("priTmplId")).isEqualTo(id);
        assertThat(templates.getJsonObject(1).getString("title")).isEqualTo("付款成功通知");
        assertThat(templates.getJsonObject(1).getString("content"))
                .isEqualTo("付款时间:{{date3.DATA}}\n物品名称:{{thing1.DATA}}\n");
        JsonObject named = new JsonObject().put("priTmplId", id);
        assertThat(shop().errcode("/wxaapi/newtmpl/deltemplate", named)).isZero();
        assertThat(shop().errcode("/wxaapi/newtmpl/deltemplate", named)).isEqualTo(200002);
        assertThat(shop().get("/wxaapi/newtmpl/gettemplate").getJsonArray("data"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tid\":\"1\"} | 200014",
                "{\"kidList\":[1]} | 200020",
                "{\"kidList\":[1,1]} | 200020",
                "{\"kidList\":[1,77]} | 200020",
                "{\"kidList\":\"1,2\"} | 200020",
                "{\"sceneDesc\":\"一二三四五六七八九十一二三四五六\"} | 200021",
            })
    void aFlawedChoiceIsRefused(String change, int errcode) {
        JsonObject choice = new JsonObject()
                .put("tid", 99)
                .put("kidList", new JsonArray().add(1).add(2));

        assertThat(shop().errcode("/wxaapi/newtmpl/addtemplate", choice.mergeIn(new JsonObject(change))))
                .isEqualTo(errcode);
    }

    @Test
    void anAppHasAtMostTwentyFiveTemplates() {
        JsonObject choice = new JsonObject()
                .put("tid", 99)
                .put("kidList", new JsonArray().add(1).add(2));
        for (int had = 1; had < 25; had++) {
            assertThat(shop().errcode("/wxaapi/newtmpl/addtemplate", choice)).isZero();
        }

        assertThat(shop().errcode("/wxaapi/newtmpl/addtemplate", choice)).isEqualTo(200012);
    }

    @Test
    void thePublicTemplatesCanBeBrowsed() {
        JsonObject category =
                shop().get("/wxaapi/newtmpl/getcategory").getJsonArray("data").getJsonObject(0);
        JsonObject titles = shop().get("/wxaapi/newtmpl/getpubtemplatetitles?ids=%s&start=0&limit=1"
                .formatted(category.getInteger("id")));
        JsonObject keywords = shop().get("/wxaapi/newtmpl/getpubtemplatekeywords?tid="
                + titles.getJsonArray("data").getJsonObject(0).getInteger("tid"));

        assertThat(titles.getInteger("count")).isEqualTo(2);
        assertThat(titles.getJsonArray("data")).hasSize(1);
        assertThat(keywords.getInteger("count"))
                .isEqualTo(keywords.getJsonArray("data").size());
        assertThat(keywords.getJsonArray("data").getJsonObject(0).fieldNames())
                .containsExactlyInAnyOrder("kid", "name", "example", "rule");
    }

    @ParameterizedTest
    @CsvSource({
        "getpubtemplatetitles?start=0&limit=30, 200018",
        "getpubtemplatetitles?ids=a&start=0&limit=30, 200019",
        "getpubtemplatetitles?ids=616&start=x&limit=30, 200016",
        "getpubtemplatetitles?ids=616&start=0&limit=31, 200017",
        "getpubtemplatekeywords?tid=1, 200014",
    })
    void aFlawedQuestionAboutThemIsRefused(String target, int errcode) {
        assertThat(shop().get("/wxaapi/newtmpl/" + target).getInteger("errcode"))
                .isEqualTo(errcode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accept | 0 | accept: 0 (expected: 1 to 1000 messages, \"always\" or \"reject\")",
                "accept | \"yes\" | accept: \"yes\" (expected: 1 to 1000 messages, \"always\" or \"reject\")",
                "template | \"none\" | The app wx1111111111111111 has no template \"none\" (known: " + TEMPLATE + ")",
            })
    void aFlawedConsentIsRefused(String field, String value, String message) {
        String body = consentBody("1")
                .mergeIn(new JsonObject("{\"%s\":%s}".formatted(field, value)))
                .encode();

        assertThat(browser.send("POST", "/__sim__/subscriptions", body).error().getString("message"))
                .isEqualTo(message);
    }

    @Test
    void aTemplateThatCannotBeReadIsRefused() {
        String body = "{\"title\":\"t\",\"content\":\"a:{{thong1.DATA}}\"}";

        assertThat(browser.send("PUT", "/__sim__/apps/%s/templates/t".formatted(SHOP.appid()), body)
                        .error()
                        .getString("message"))
                .startsWith("content: \"a:{{thong1.DATA}}\": \"thong\" is no kind of keyword");
    }

    private AppServer shop() {
        return new AppServer(browser, SHOP);
    }

    private JsonObject message() {
        JsonObject data = new JsonObject()
                .put("date2", new JsonObject().put("value", "2019年10月1日 15:01"))
                .put("thing1", new JsonObject().put("value", "TIT会议室"));
        return new JsonObject()
                .put("touser", shop().openid("alice"))
                .put("template_id", TEMPLATE)
                .put("data", data);
    }

    private JsonObject consent(String accept) {
        return browser.send(
                        "POST", "/__sim__/subscriptions", consentBody(accept).encode())
                .json();
    }

    private static JsonObject consentBody(String accept) {
        return new JsonObject("{\"accept\":%s}".formatted(accept))
                .put("appid", SHOP.appid())
                .put("user", "alice")
                .put("template", TEMPLATE);
    }

    private static void assertError(JsonObject answer, int errcode, String text) {
        assertThat(answer.getInteger("errcode")).isEqualTo(errcode);
        assertThat(answer.getString("errmsg")).startsWith(text + " rid: ");
    }
}
