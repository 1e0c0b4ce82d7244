package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and pictures, fit or not (OA-48: 87014). */
class ContentCheckTest extends WeChatTest {
    private static final String TEXT = "/wxa/msg_sec_check";
    private static final String IMAGE = "/wxa/img_sec_check";
    private static final String MEDIA = "/wxa/media_check_async";

    /** From WeChat's page of the API. */
    private static final String DOCUMENTED = "特3456书yuuo莞6543李zxcz蒜7782法fgnv级";

    @ParameterizedTest
    @ValueSource(strings = {DOCUMENTED, "前面" + DOCUMENTED + "后面", "违规测试"})
    void version1DeniesARiskyText(String text) {
        JsonObject answer = shop().post(TEXT, new JsonObject().put("content", text));

        assertThat(answer.getInteger("errcode")).isEqualTo(87014);
        assertThat(answer.getString("errmsg")).startsWith("risky content rid: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "复审测试"})
    void version1PassesAnyOther(String text) {
        assertThat(shop().post(TEXT, new JsonObject().put("content", text)))
                .isEqualTo(new JsonObject().put("errcode", 0).put("errmsg", "ok"));
    }

    @ParameterizedTest
    @CsvSource({"hello, pass, 100", "一则广告测试, risky, 10001", "复审测试, review, 21000", DOCUMENTED + ", risky, 20006"})
    void version2JudgesAText(String text, String suggest, int label) {
        JsonObject answer = shop().post(TEXT, version2().put("content", text));

        assertThat(answer.getInteger("errcode")).isZero();
        assertThat(answer.getJsonObject("result"))
                .isEqualTo(new JsonObject().put("suggest", suggest).put("label", label));
        assertThat(answer.getString("trace_id")).matches("[0-9a-f]{8}(-[0-9a-f]{8}){2}");
        assertThat(answer.getJsonArray("detail"))
                .hasSize(suggest.equals("pass") ? 1 : 2)
                .allSatisfy(detail -> {
                    assertThat(((JsonObject) detail).getInteger("errcode")).isZero();
                    assertThat(((JsonObject) detail).getString("suggest")).isEqualTo(suggest);
                    assertThat(((JsonObject) detail).getInteger("label")).isEqualTo(label);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "nickname", "signature"})
    void version2LooksAtWhatIsAroundTheTextToo(String field) {
        JsonObject answer = shop().post(TEXT, version2().put("content", "hello").put(field, DOCUMENTED));

        assertThat(answer.getJsonObject("result").getString("suggest")).isEqualTo("risky");
    }

    @Test
    void theWorstWordDecides() {
        JsonObject answer = shop().post(TEXT, version2().put("content", "复审测试 广告测试"));

        assertThat(answer.getJsonObject("result").getString("suggest")).isEqualTo("risky");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"openid\":\"nobody\"} | 40003 | invalid openid",
                "{\"scene\":5} | 40129 | invalid scene",
                "{\"scene\":\"1\"} | 40129 | invalid scene",
                "{\"content\":\"\"} | 44004 | empty content",
            })
    void aFlawedQuestionIsRefused(String change, int errcode, String text) {
        JsonObject answer = shop().post(TEXT, version2().put("content", "hello").mergeIn(new JsonObject(change)));

        assertThat(answer.getInteger("errcode")).isEqualTo(errcode);
        assertThat(answer.getString("errmsg")).startsWith(text + " rid: ");
    }

    @Test
    void anOpenidOfAnotherAppIsToldApart() {
        JsonObject body = version2().put("content", "hello").put("openid", Identity.openid(NEWS.appid(), "alice"));

        assertThat(shop().post(TEXT, body).getString("errmsg")).startsWith("The openid does not match the appid rid: ");
    }

    @Test
    void aTextIsAtMost2500CharactersLong() {
        assertThat(shop().errcode(TEXT, version2().put("content", "字".repeat(2500))))
                .isZero();
        assertThat(shop().errcode(TEXT, version2().put("content", "字".repeat(2501))))
                .isEqualTo(45002);
        assertThat(shop().errcode(TEXT, new JsonObject().put("content", "a".repeat(500 * 1024))))
                .isZero();
        assertThat(shop().errcode(TEXT, new JsonObject().put("content", "a".repeat(500 * 1024 + 1))))
                .isEqualTo(45002);
    }

    @Test
    void theWordsCanBeReplaced() {
        String words = "{\"words\":[{\"word\":\"pear\"},{\"word\":\"plum\",\"suggest\":\"review\",\"label\":20012}]}";
        assertThat(browser.send("PUT", "/__sim__/risky-words", words).json()).isEqualTo(new JsonObject("""
                {"words": [{"word": "pear", "suggest": "risky", "label": 21000},
                           {"word": "plum", "suggest": "review", "label": 20012}]}"""));

        assertThat(shop().errcode(TEXT, new JsonObject().put("content", "a pear")))
                .isEqualTo(87014);
        assertThat(shop().errcode(TEXT, new JsonObject().put("content", DOCUMENTED)))
                .isZero();
        assertThat(shop().post(TEXT, version2().put("content", "a plum")).getJsonObject("result"))
                .isEqualTo(new JsonObject().put("suggest", "review").put("label", 20012));
        assertThat(browser.get("/__sim__/risky-words").json().getJsonArray("words"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"words\":[{\"word\":\" \"}]} | word: empty (expected: a text)",
                "{\"words\":[{\"word\":\"a\",\"suggest\":\"pass\"}]} | suggest: \"pass\" (expected: risky or review)",
                "{\"words\":[{\"word\":\"a\",\"label\":100}]} | label: 100 (expected: one of WeChat's, such as 20006)",
                "{\"words\":[\"a\"]} | words: a (expected: objects)",
                "{} | words: missing (expected: an array)",
                "{\"words\":\"a\"} | words: a (expected: an array)",
            })
    void flawedWordsAreRefused(String body, String message) {
        assertThat(browser.send("PUT", "/__sim__/risky-words", body).error().getString("message"))
                .isEqualTo(message);
    }

    @Test
    void aPictureIsRiskyForAWordInItsNameOrItsBytes() {
        Buffer picture = Buffer.buffer("GIF89a with a comment");

        assertThat(shop().upload(IMAGE, "a.gif", picture).getInteger("errcode")).isZero();
        assertThat(shop().upload(IMAGE, "违规测试.gif", picture).getInteger("errcode"))
                .isEqualTo(87014);
        assertThat(shop().upload(IMAGE, "a.gif", picture.copy().appendString("违规测试"))
                        .getInteger("errcode"))
                .isEqualTo(87014);
    }

    @Test
    void aPictureIsOneAndAtMostAMebibyteLarge() {
        Buffer mebibyte = Buffer.buffer("GIF89a").appendBytes(new byte[1024 * 1024 - 6]);

        assertThat(shop().upload(IMAGE, "a.gif", Buffer.buffer("no picture")).getInteger("errcode"))
                .isEqualTo(40005);
        assertThat(shop().upload(IMAGE, "a.gif", mebibyte).getInteger("errcode"))
                .isZero();
        assertThat(shop().upload(IMAGE, "a.gif", mebibyte.appendByte((byte) 0)).getInteger("errcode"))
                .isEqualTo(40006);
    }

    @Test
    void theVerdictOnMediaIsAnEvent() {
        String fine = check("https://example.com/a.png");
        String risky = check("https://example.com/违规测试.png");

        JsonArray events = browser.get("/__sim__/apps/%s/media-checks".formatted(SHOP.appid()))
                .json()
                .getJsonArray("events");
        assertThat(events).hasSize(2);
        assertEvent(events.getJsonObject(0), fine, "pass", 100);
        assertEvent(events.getJsonObject(1), risky, "risky", 21_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"openid\":\"nobody\"} | 40003",
                "{\"scene\":0} | 40129",
                "{\"media_type\":3} | 40004",
                "{\"media_url\":\"a.png\"} | 40066",
            })
    void aFlawedQuestionAboutMediaIsRefused(String change, int errcode) {
        JsonObject body = version2().put("media_type", 2).put("media_url", "https://example.com/a.png");

        assertThat(shop().errcode(MEDIA, body.mergeIn(new JsonObject(change)))).isEqualTo(errcode);
    }

    private AppServer shop() {
        return new AppServer(browser, SHOP);
    }

    private JsonObject version2() {
        return new JsonObject()
                .put("version", 2)
                .put("openid", shop().openid("alice"))
                .put("scene", 2);
    }

    private String check(String url) {
        return shop().post(MEDIA, version2().put("media_type", 2).put("media_url", url))
                .getString("trace_id");
    }

    private void assertEvent(JsonObject event, String traceId, String suggest, int label) {
        assertThat(event.getString("MsgType")).isEqualTo("event");
        assertThat(event.getString("Event")).isEqualTo("wxa_media_check");
        assertThat(event.getString("FromUserName")).isEqualTo(shop().openid("alice"));
        assertThat(event.getString("trace_id")).isEqualTo(traceId);
        assertThat(event.getJsonObject("result"))
                .isEqualTo(new JsonObject().put("suggest", suggest).put("label", label));
    }
}
