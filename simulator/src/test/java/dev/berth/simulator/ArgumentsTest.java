package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that are wrong for any API, and bodies that are wrong for any server. */
class ArgumentsTest extends WeChatTest {
    private String token = "";

    @BeforeEach
    void askForAToken() {
        token = Asker.token(browser, SHOP);
    }

    @Test
    void anOpenidOfNobodyIsRefusedWhereThePageListsTheError() {
        assertThat(errcode(browser.get("/wxa/getpaidunionid?openid=oNobody&access_token=" + token)))
                .isEqualTo(40003);
        assertThat(errcode(post("/wxa/getuserriskrank", "{\"openid\":\"oNobody\"}")))
                .isEqualTo(40003);
    }

    @Test
    void anOpenidOfAnotherAppIsRefused() {
        String openid = Identity.openid(NEWS.appid(), "alice");

        assertThat(errcode(browser.get("/wxa/getpaidunionid?openid=%s&access_token=%s".formatted(openid, token))))
                .isEqualTo(40003);
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/a.png, 0",
        "https://example.com/a.png, 0",
        "ftp://example.com/a.png, 101000",
        "a.png, 101000",
        "http%3A%2F%2F, 101000",
        "%7Bnonsense, 101000",
    })
    void aPictureMayBeNamedByItsAddress(String url, int errcode) {
        Browser.Page page = browser.send("POST", "/cv/ocr/comm?img_url=%s&access_token=%s".formatted(url, token), "");

        assertThat(errcode(page)).isEqualTo(errcode);
    }

    @Test
    void aPictureThatIsNoneIsRefused() {
        OpenApiCaller caller = new OpenApiCaller(browser, token);

        assertThat(errcode(caller.upload(Catalogue.named("ocr.idcard").orElseThrow(), "no picture")))
                .isEqualTo(101002);
        assertThat(errcode(caller.upload(Catalogue.named("img.superresolution").orElseThrow(), "no picture")))
                .isEqualTo(40005);
    }

    @Test
    void anUploadInAnotherFieldIsMissing() {
        String body = "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\nx\r\n--b--\r\n";
        Browser.Page page = browser.send(
                "POST",
                "/wxa/imagesearch?access_token=" + token,
                body,
                "Content-Type",
                "multipart/form-data; boundary=b");

        assertThat(errcode(page)).isEqualTo(41005);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=b"})
    void aFormThatIsNoneHasAnError(String contentType) {
        Browser.Page page =
                browser.send("POST", "/wxa/imagesearch?access_token=" + token, "nonsense", "Content-Type", contentType);

        assertThat(errcode(page)).isIn(41005, 47001);
    }

    @Test
    void idsThatTheCallNamesAreThoseInTheAnswer() {
        JsonObject answer = post(
                        "/cgi-bin/express/business/path/get", "{\"waybill_id\":\"W-1\",\"delivery_id\":\"SF\"}")
                .json();

        assertThat(answer.getString("waybill_id")).isEqualTo("W-1");
        assertThat(answer.getInteger("path_item_num")).isNotNull();
    }

    @Test
    void aBodyAboveTheLimitIsRefusedAndTheConnectionGoesOn() {
        String huge = "{\"a\":\"" + "x".repeat((int) BodyReader.LIMIT) + "\"}";

        assertThat(errcode(post("/wxa/sitesearch", huge))).isEqualTo(45002);
        assertThat(errcode(post("/wxa/sitesearch", "{}"))).isZero();
    }

    @Test
    void anUploadAboveTheLimitIsRefused() {
        OpenApiCaller caller = new OpenApiCaller(browser, token);
        String huge = "GIF89a" + "x".repeat((int) BodyReader.LIMIT);

        assertThat(errcode(caller.upload(Catalogue.named("search.imageSearch").orElseThrow(), huge)))
                .isEqualTo(45001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "null", "7", "\"text\"", "[]", "{\"a\":", "{} {", "{\"a\":NaN}", "\u0000"})
    void rubbishIsNoJson(String body) {
        assertThat(errcode(post("/wxa/sitesearch", body))).isEqualTo(47001);
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        assertThat(errcode(post("/wxa/sitesearch", "{\"a\":" + "[".repeat(100_000))))
                .isEqualTo(47001);
    }

    private Browser.Page post(String path, String body) {
        return browser.send("POST", path + "?access_token=" + token, body);
    }

    private static int errcode(Browser.Page page) {
        assertThat(page.status()).isEqualTo(200);
        return page.json().getInteger("errcode", 0);
    }
}
