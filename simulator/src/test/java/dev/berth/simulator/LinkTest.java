package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemes, URL links and short links. */
class LinkTest extends WeChatTest {
    private static final String SCHEME = "/wxa/generatescheme";
    private static final String URL_LINK = "/wxa/generate_urllink";
    private static final String SHORT_LINK = "/wxa/genwxashortlink";

    @Test
    void aSchemeIsKeptWithWhatItLeadsTo() {
        long end = now().plus(Duration.ofDays(3)).getEpochSecond();
        String scheme = shop().post(
                        SCHEME,
                        new JsonObject()
                                .put("jump_wxa", target().put("env_version", "develop"))
                                .put("expire_type", 0)
                                .put("expire_time", end))
                .getString("openlink");
        restart(UnaryOperator.identity());

        assertThat(scheme).matches("weixin://dl/business/\\?t=[0-9A-Za-z]{11}");
        JsonObject info = shop().post("/wxa/queryscheme", new JsonObject().put("scheme", scheme))
                .getJsonObject("scheme_info");
        assertThat(info).isEqualTo(expected("develop", end));
    }

    @Test
    void aUrlLinkIsKeptWithWhatItLeadsTo() {
        JsonObject body = target().put("expire_type", 1).put("expire_interval", 30);
        body.put("cloud_base", new JsonObject().put("env", "prod-01").put("domain", "example.com"));
        String link = shop().post(URL_LINK, body).getString("url_link");

        assertThat(link).matches("https://wxaurl\\.cn/[0-9A-Za-z]{11}");
        JsonObject info = shop().post("/wxa/query_urllink", new JsonObject().put("url_link", link))
                .getJsonObject("url_link_info");
        long end = now().plus(Duration.ofDays(30)).getEpochSecond();
        assertThat(info).isEqualTo(expected("release", end).put("cloud_base", new JsonObject("""
                {"env": "prod-01", "doamin": "example.com", "path": "", "query": "", "resource_appid": ""}""")));
    }

    @Test
    void aLinkWithoutAnEndLastsThirtyDays() {
        String link = shop().post(URL_LINK, new JsonObject().put("path", "a")).getString("url_link");

        assertThat(scan(link).getInstant("expiresAt")).isEqualTo(now().plus(Duration.ofDays(30)));
        clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(scan(link).getBoolean("expired")).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(scan(link).getBoolean("expired")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"path\":\"pages/index/index?a=b\"} | 40165",
                "{\"path\":\"not a path\"} | 40165",
                "{\"query\":\"a=字\"} | 40212",
                "{\"env_version\":\"beta\"} | 85402",
            })
    void aFlawedTargetIsRefused(String change, int errcode) {
        JsonObject flawed = target().mergeIn(new JsonObject(change));

        assertThat(shop().errcode(URL_LINK, flawed)).isEqualTo(errcode);
        assertThat(shop().errcode(SCHEME, new JsonObject().put("jump_wxa", flawed)))
                .isEqualTo(errcode);
    }

    @ParameterizedTest
    @CsvSource({"59, 85401", "60, 0", "2592000, 0", "2592001, 85401", "-5, 85401"})
    void aLinkEndsAfterAMinuteToThirtyDays(long seconds, int errcode) {
        long end = now().getEpochSecond() + seconds;

        assertThat(shop().errcode(URL_LINK, target().put("expire_time", end))).isEqualTo(errcode);
    }

    @ParameterizedTest
    @CsvSource({"0, 85401", "1, 0", "30, 0", "31, 85401"})
    void aLinkLastsOneToThirtyDays(int days, int errcode) {
        JsonObject body = target().put("expire_type", 1).put("expire_interval", days);

        assertThat(shop().errcode(URL_LINK, body)).isEqualTo(errcode);
        assertThat(shop().errcode(URL_LINK, target().put("expire_type", 2))).isEqualTo(85401);
    }

    @Test
    void aQueryHasAtMost1024Characters() {
        assertThat(shop().errcode(URL_LINK, target().put("query", "a".repeat(1024))))
                .isZero();
        assertThat(shop().errcode(URL_LINK, target().put("query", "a".repeat(1025))))
                .isEqualTo(40212);
    }

    @Test
    void onlyTheAppsOwnLinksOfThatKindAreFound() {
        String scheme =
                shop().post(SCHEME, new JsonObject().put("jump_wxa", target())).getString("openlink");
        AppServer news = new AppServer(browser, NEWS);

        assertThat(news.errcode("/wxa/queryscheme", new JsonObject().put("scheme", scheme)))
                .isEqualTo(85403);
        assertThat(shop().errcode("/wxa/query_urllink", new JsonObject().put("url_link", scheme)))
                .isEqualTo(85403);
        assertThat(shop().errcode("/wxa/query_urllink", new JsonObject().put("url_link", "https://wxaurl.cn/invented")))
                .isEqualTo(85403);
        assertThat(shop().errcode("/wxa/queryscheme", new JsonObject().put("query_type", 0)))
                .isEqualTo(40097);
    }

    @Test
    void theQuotaOfVisitsCanBeAskedFor() {
        JsonObject answer = shop().post("/wxa/queryscheme", new JsonObject().put("query_type", 1));

        assertThat(answer.getJsonObject("quota_info").getInteger("remain_visit_quota"))
                .isPositive();
    }

    @Test
    void aShortLinkLeadsToItsPage() {
        JsonObject body =
                new JsonObject().put("page_url", "pages/index/index?a=b").put("page_title", "Home");
        String brief = shop().post(SHORT_LINK, body).getString("link");
        String permanent =
                shop().post(SHORT_LINK, body.put("is_permanent", true)).getString("link");

        assertThat(brief).matches("#小程序://[0-9A-Za-z]{11}");
        assertThat(scan(brief).getString("path")).isEqualTo("pages/index/index");
        assertThat(scan(brief).getString("query")).isEqualTo("a=b");
        assertThat(scan(brief).getInstant("expiresAt")).isEqualTo(now().plus(Duration.ofDays(30)));
        assertThat(scan(permanent).getString("kind")).isEqualTo("SHORT_LINK");
        assertThat(scan(permanent).containsKey("expiresAt")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"page_url\":\"\"} | 40066",
                "{\"page_url\":\"https://example.com\"} | 40066",
                "{\"page_title\":\"\"} | 40225",
                "{\"page_title\":7} | 40225",
            })
    void aFlawedShortLinkIsRefused(String change, int errcode) {
        JsonObject body = new JsonObject().put("page_url", "a").put("page_title", "t");

        assertThat(shop().errcode(SHORT_LINK, body.mergeIn(new JsonObject(change))))
                .isEqualTo(errcode);
    }

    private AppServer shop() {
        return new AppServer(browser, SHOP);
    }

    private Instant now() {
        return clock.instant();
    }

    private JsonObject scan(String text) {
        return browser.get("/__sim__/scan?text=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .json();
    }

    private static JsonObject target() {
        return new JsonObject().put("path", "/pages/index/index").put("query", "a=hello");
    }

    private JsonObject expected(String version, long end) {
        return new JsonObject()
                .put("appid", SHOP.appid())
                .put("path", "pages/index/index")
                .put("query", "a=hello")
                .put("create_time", Math.toIntExact(now().getEpochSecond()))
                .put("expire_time", Math.toIntExact(end))
                .put("env_version", version);
    }
}
