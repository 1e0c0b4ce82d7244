package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes that lead to pages, as a camera reads them. */
class CodeTest extends WeChatTest {
    private static final String LIMITED = "/wxa/getwxacode";
    private static final String UNLIMITED = "/wxa/getwxacodeunlimit";
    private static final String QR_CODE = "/cgi-bin/wxaapp/createwxaqrcode";

    @ParameterizedTest
    @ValueSource(strings = {LIMITED, QR_CODE})
    void aCodeLeadsToItsPage(String api) {
        AppServer.Answer answer = shop().download(api, path("pages/index/index?id=7&from=a b"));

        assertThat(answer.contentType()).isEqualTo("image/jpeg");
        JsonObject scanned = resolve(Scanner.scan(answer.content()));
        assertThat(scanned).isEqualTo(new JsonObject("""
                {"kind": "CODE", "app": "%s", "path": "pages/index/index", "query": "id=7&from=a b",
                 "envVersion": "release", "expired": false}""".formatted(SHOP.appid())));
    }

    @Test
    void anUnlimitedCodeCarriesItsScene() {
        AppServer.Answer answer = shop().download(
                        UNLIMITED,
                        scene("id=7&x=!#$'()*").put("page", "pages/index/index").put("env_version", "trial"));

        JsonObject scanned = resolve(Scanner.scan(answer.content()));
        assertThat(scanned.getString("kind")).isEqualTo("UNLIMITED_CODE");
        assertThat(scanned.getString("path")).isEqualTo("pages/index/index");
        assertThat(scanned.getString("query"))
                .isEqualTo("scene=" + URLEncoder.encode("id=7&x=!#$'()*", StandardCharsets.UTF_8));
        assertThat(scanned.getString("envVersion")).isEqualTo("trial");
    }

    @Test
    void whatIsInTheCodeLooksLikeWeChats() {
        assertThat(Scanner.scan(shop().download(UNLIMITED, scene("a")).content()))
                .matches("https://mp\\.weixin\\.qq\\.com/a/~[0-9A-Za-z]{20}");
    }

    @ParameterizedTest
    @ValueSource(ints = {280, 430, 1280})
    void aCodeIsAsWideAsAsked(int width) {
        AppServer.Answer answer = shop().download(UNLIMITED, scene("a").put("width", width));

        BufferedImage image = Scanner.image(answer.content());
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(width);
        assertThat(Scanner.scan(answer.content())).startsWith("https://");
    }

    @Test
    void aCodeIs430PixelsWideIfNothingIsAsked() {
        assertThat(Scanner.image(shop().download(LIMITED, path("a")).content()).getWidth())
                .isEqualTo(430);
    }

    @Test
    void aHyalineCodeIsATransparentPngInItsColour() {
        JsonObject body = scene("a")
                .put("is_hyaline", true)
                .put("line_color", new JsonObject().put("r", 200).put("g", "0").put("b", 10));

        AppServer.Answer answer = shop().download(UNLIMITED, body);

        assertThat(answer.contentType()).isEqualTo("image/png");
        BufferedImage image = Scanner.image(answer.content());
        assertThat(image.getRGB(0, 0) >>> 24).isZero();
        assertThat(image.getRGB(0, 0, 430, 430, null, 0, 430)).contains(0xffc8000a);
        assertThat(Scanner.scan(answer.content())).startsWith("https://");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"scene\":\"\"} | 40169 | invalid length for scene, or the data is not json string",
                "{\"scene\":7} | 40169 | invalid length for scene",
                "{\"scene\":\"123456789012345678901234567890123\"} | 40169 | invalid length for scene",
                "{\"scene\":\"a%20b\"} | 40129 | invalid scene",
                "{\"scene\":\"场景\"} | 40129 | invalid scene",
                "{\"page\":\"/pages/index/index\"} | 41030 | invalid page",
                "{\"page\":\"pages/index/index?a=b\"} | 41030 | invalid page",
                "{\"page\":\"/pages/index/index\",\"check_path\":false} | 41030 | invalid page",
                "{\"page\":\"pages/scancode_time\"} | 85096 | not allow include scancode_time field",
                "{\"width\":279} | 40097 | invalid args",
                "{\"width\":1281} | 40097 | invalid args",
                "{\"width\":\"wide\"} | 40097 | invalid args",
                "{\"line_color\":{\"r\":256,\"g\":0,\"b\":0}} | 40097 | invalid args",
                "{\"line_color\":{\"r\":0}} | 40097 | invalid args",
                "{\"line_color\":\"red\"} | 40097 | invalid args",
                "{\"env_version\":\"beta\"} | 40097 | invalid args",
            })
    void aFlawedQuestionIsRefused(String change, int errcode, String text) {
        JsonObject answer = shop().post(UNLIMITED, scene("a").mergeIn(new JsonObject(change)));

        assertThat(answer.getInteger("errcode")).isEqualTo(errcode);
        assertThat(answer.getString("errmsg")).contains(text).contains(" rid: ");
    }

    @Test
    void aPathHasABoundedLength() {
        assertThat(shop().download(LIMITED, path("a".repeat(1024))).contentType())
                .isEqualTo("image/jpeg");
        assertThat(shop().errcode(LIMITED, path("a".repeat(1025)))).isEqualTo(40159);
        assertThat(shop().download(QR_CODE, path("a".repeat(128))).contentType())
                .isEqualTo("image/jpeg");
        assertThat(shop().errcode(QR_CODE, path("a".repeat(129)))).isEqualTo(40159);
        assertThat(shop().errcode(QR_CODE, path("a?b=" + "字".repeat(42)))).isEqualTo(40159);
        assertThat(shop().errcode(LIMITED, path(""))).isEqualTo(40159);
        assertThat(shop().errcode(LIMITED, path("a?scancode_time=1"))).isEqualTo(85096);
    }

    @Test
    void anUnlimitedCodeNeedsAPageThatWasTold() {
        browser.send("PUT", "/__sim__/apps/%s/pages".formatted(SHOP.appid()), "{\"pages\":[\"pages/index/index\"]}");
        JsonObject other = scene("a").put("page", "pages/other/other");

        assertThat(shop().errcode(UNLIMITED, other)).isEqualTo(41030);
        assertThat(shop().download(UNLIMITED, other.put("check_path", false)).contentType())
                .isEqualTo("image/jpeg");
        assertThat(browser.get("/__sim__/apps/%s/pages".formatted(SHOP.appid())).json())
                .isEqualTo(new JsonObject("{\"pages\":[\"pages/index/index\"]}"));
    }

    @Test
    void aPageThatIsNoPathIsRefused() {
        assertThat(browser.send("PUT", "/__sim__/apps/%s/pages".formatted(SHOP.appid()), "{\"pages\":[\"/a\"]}")
                        .error()
                        .getString("message"))
                .isEqualTo("pages: \"/a\" (expected: a path such as pages/index/index)");
    }

    @Test
    void anAppHasAtMostAHundredThousandLimitedCodes() throws Exception {
        shop().download(LIMITED, path("a"));
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("wechat/simulator.db"));
                Statement statement = database.createStatement()) {
            statement.execute("""
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99998)
                    INSERT INTO link
                    SELECT 'filler' || i, kind, appid, path, query, env_version, created_at, expires_at, cloud_base
                    FROM link, n""");
        }

        assertThat(shop().download(QR_CODE, path("a")).contentType()).isEqualTo("image/jpeg");
        JsonObject answer = shop().post(LIMITED, path("a"));
        assertThat(answer.getInteger("errcode")).isEqualTo(45029);
        assertThat(answer.getString("errmsg")).startsWith("qrcode count out of limit rid: ");
        assertThat(shop().download(UNLIMITED, scene("a")).contentType()).isEqualTo("image/jpeg");
    }

    @Test
    void aTextThatIsInNoCodeIsRefused() {
        Browser.Page page = browser.get("/__sim__/scan?text=https://example.com/");

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.error().getString("code")).isEqualTo("LINK_UNKNOWN");
    }

    private AppServer shop() {
        return new AppServer(browser, SHOP);
    }

    private JsonObject resolve(String text) {
        return browser.get("/__sim__/scan?text=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .json();
    }

    private static JsonObject path(String path) {
        return new JsonObject().put("path", path);
    }

    private static JsonObject scene(String scene) {
        return new JsonObject().put("scene", scene);
    }
}
