package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Daily quotas per app and API (OA-48: 45009). */
class QuotaTest extends WeChatTest {
    private String token = "";

    @BeforeEach
    void askForAToken() {
        token = Asker.token(browser, SHOP);
    }

    @Test
    void anApiThatIsUsedUpIsRefusedUntilMidnightInShanghai() {
        setLimit("{\"api\":\"search.siteSearch\",\"limit\":2}");

        assertThat(search(token)).isZero();
        assertThat(search(token)).isZero();
        assertThat(search(token)).isEqualTo(45009);
        setClock("2026-01-01T15:59:59Z");
        String later = Asker.token(browser, SHOP);
        assertThat(search(later)).isEqualTo(45009);
        setClock("2026-01-01T16:00:00Z");
        assertThat(search(later)).isZero();
    }

    @Test
    void theErrorHasWeChatsText() {
        setLimit("{\"limit\":0}");

        assertThat(post("/wxa/sitesearch", "{}", token).getString("errmsg"))
                .startsWith("reach max api daily quota limit rid: ");
    }

    @Test
    void appsAndApisHaveQuotasOfTheirOwn() {
        setLimit("{\"app\":\"%s\",\"api\":\"/wxa/sitesearch\",\"limit\":0}".formatted(SHOP.appid()));

        assertThat(search(token)).isEqualTo(45009);
        assertThat(post("/wxa/search/wxaapi_submitpages", "{}", token).getInteger("errcode"))
                .isZero();
        assertThat(search(Asker.token(browser, NEWS))).isZero();
    }

    @Test
    void theClosestLimitHolds() {
        setLimit("{\"limit\":0}");
        setLimit("{\"app\":\"%s\",\"limit\":1}".formatted(SHOP.appid()));
        assertThat(search(token)).isZero();
        assertThat(search(token)).isEqualTo(45009);
        setLimit("{\"api\":\"search.siteSearch\",\"limit\":2}");
        assertThat(search(token)).isZero();
        assertThat(search(token)).isEqualTo(45009);
    }

    @Test
    void whatIsRefusedForAnotherReasonUsesNothingUp() {
        setLimit("{\"limit\":1}");
        browser.get("/wxa/sitesearch?access_token=" + token);
        post("/wxa/sitesearch", "nonsense", token);

        assertThat(search(token)).isZero();
    }

    @Test
    void tokensHaveQuotasToo() {
        setLimit("{\"api\":\"auth.getAccessToken\",\"limit\":1}");
        String ask =
                "/cgi-bin/token?grant_type=client_credential&appid=%s&secret=%s".formatted(SHOP.appid(), SHOP.secret());

        assertThat(browser.get(ask).json().containsKey("access_token")).isTrue();
        assertThat(browser.get(ask).json().getInteger("errcode")).isEqualTo(45009);
    }

    @Test
    void anAppAsksHowMuchIsLeft() {
        setLimit("{\"api\":\"search.siteSearch\",\"limit\":5}");
        search(token);
        search(token);

        JsonObject quota = post("/cgi-bin/openapi/quota/get", "{\"cgi_path\":\"/wxa/sitesearch\"}", token);

        assertThat(quota.getJsonObject("quota"))
                .isEqualTo(new JsonObject().put("daily_limit", 5).put("used", 2).put("remain", 3));
        assertThat(post("/cgi-bin/openapi/quota/get", "{\"cgi_path\":\"/nonsense\"}", token)
                        .getInteger("errcode"))
                .isEqualTo(76021);
    }

    @Test
    void anAppClearsItsQuotasTenTimesAMonth() {
        setLimit("{\"limit\":1}");
        for (int i = 0; i < 10; i++) {
            assertThat(search(token)).isZero();
            assertThat(search(token)).isEqualTo(45009);
            assertThat(clear(SHOP)).isZero();
        }
        assertThat(clear(SHOP)).isEqualTo(48006);
        assertThat(clear(NEWS)).isEqualTo(40013); // with the token of SHOP
    }

    @Test
    void theControlApiTellsLimitsAndUse() {
        setLimit("{\"api\":\"search.siteSearch\",\"limit\":5}");
        search(token);

        JsonObject quotas = browser.get("/__sim__/quotas").json();

        assertThat(quotas.getJsonArray("limits"))
                .containsExactly(new JsonObject().put("api", "/wxa/sitesearch").put("limit", 5));
        assertThat(quotas.getJsonArray("used"))
                .contains(new JsonObject()
                        .put("app", SHOP.appid())
                        .put("api", "/wxa/sitesearch")
                        .put("used", 1)
                        .put("limit", 5));
        assertThat(browser.send("DELETE", "/__sim__/quotas", "").status()).isEqualTo(204);
        assertThat(browser.get("/__sim__/quotas").json().getJsonArray("limits")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 | limit: missing or negative",
                "{\"limit\":-1} | 400 | limit: missing or negative",
                "{\"limit\":\"1\"} | 400 | limit: 1 (expected: a whole number)",
                "{\"limit\":1,\"api\":\"nonsense\"} | 400 | api: \"nonsense\" (expected: the name or the path",
                "{\"limit\":1,\"app\":\"wx9\"} | 404 | There is no app \"wx9\"",
            })
    void namesWhatItCannotTake(String body, int status, String message) {
        Browser.Page page = browser.send("PUT", "/__sim__/quotas", body);

        assertThat(page.status()).isEqualTo(status);
        assertThat(page.error().getString("message")).startsWith(message);
    }

    @Test
    void tokenRequestsAreCountedByApp() {
        browser.get("/cgi-bin/token?grant_type=client_credential&appid=%s&secret=%s"
                .formatted(SHOP.appid(), SHOP.secret()));
        Asker.token(browser, SHOP);
        browser.get("/cgi-bin/token?grant_type=client_credential&appid=%s&secret=wrong".formatted(SHOP.appid()));

        assertThat(browser.get("/__sim__/apps/%s/token-requests".formatted(SHOP.appid()))
                        .json())
                .isEqualTo(new JsonObject()
                        .put("appid", SHOP.appid())
                        .put("token", 1)
                        .put("stableToken", 2) // one of them for this test's own token
                        .put("total", 3));
        assertThat(browser.get("/__sim__/apps/wx9/token-requests").status()).isEqualTo(404);
    }

    private int clear(App app) {
        return post("/cgi-bin/clear_quota", "{\"appid\":\"%s\"}".formatted(app.appid()), token)
                .getInteger("errcode");
    }

    private int search(String withToken) {
        return post("/wxa/sitesearch", "{\"keyword\":\"k\"}", withToken).getInteger("errcode");
    }

    private JsonObject post(String path, String body, String withToken) {
        return browser.send("POST", path + "?access_token=" + withToken, body).json();
    }

    private void setLimit(String body) {
        assertThat(browser.send("PUT", "/__sim__/quotas", body).status()).isEqualTo(200);
    }

    private void setClock(String now) {
        browser.send("PUT", "/__sim__/clock", "{\"now\":\"%s\"}".formatted(now));
    }
}
