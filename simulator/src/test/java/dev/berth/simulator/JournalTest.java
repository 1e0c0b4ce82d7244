package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The journal of what was asked of the open API. */
class JournalTest extends WeChatTest {
    private String token = "";

    @BeforeEach
    void askForAToken() {
        token = Asker.token(browser, SHOP);
        browser.send("DELETE", "/__sim__/journal", "");
    }

    @Test
    void keepsEachCallWithItsAnswer() {
        search("{\"keyword\":\"tea\"}");

        JsonObject entry = entries("").getJsonObject(0);

        assertThat(entry.getString("rid")).matches("[0-9a-f]{8}(-[0-9a-f]{8}){2}");
        entry.remove("rid");
        entry.remove("answer");
        assertThat(entry)
                .isEqualTo(new JsonObject()
                        .put("id", 2) // after the call for the token
                        .put("time", "2026-01-01T00:00:00Z")
                        .put("app", SHOP.appid())
                        .put("api", "search.siteSearch")
                        .put("method", "POST")
                        .put("path", "/wxa/sitesearch")
                        .put("query", new JsonObject().put("access_token", "***"))
                        .put("body", new JsonObject().put("keyword", "tea"))
                        .put("status", 200)
                        .put("errcode", 0));
    }

    @Test
    void holdsNoTokenAndNoSecret() {
        Asker.token(browser, SHOP);
        String code = code(SHOP, "alice");
        String sessionKey = exchange(SHOP, code).json().getString("session_key");
        String ticket = browser.get("/cgi-bin/ticket/getticket?type=jsapi&access_token=" + token)
                .json()
                .getString("ticket");
        browser.send("POST", "/cgi-bin/stable_token", "{\"secret\":\"" + SHOP.secret());

        assertThat(browser.get("/__sim__/journal").body())
                .contains("auth.getStableAccessToken")
                .doesNotContain(token, SHOP.secret(), code, sessionKey, ticket);
    }

    @Test
    void keepsWhatWasRefused() {
        browser.get("/nonsense");
        browser.get("/wxa/sitesearch");
        search("nonsense");

        assertThat(errcodes()).containsExactly(40066, 41001, 47001);
        assertThat(entries("").getJsonObject(0).containsKey("api")).isFalse();
        assertThat(entries("").getJsonObject(2).getString("note")).isEqualTo("8 bytes");
    }

    @Test
    void keepsWhatAFaultDid() {
        browser.send("POST", "/__sim__/faults", "{\"status\":503,\"count\":1}");
        browser.send("POST", "/__sim__/faults", "{\"errcode\":-1,\"count\":1}");
        search("{}");
        search("{}");

        assertThat(entries("").getJsonObject(0).getInteger("status")).isEqualTo(503);
        assertThat(entries("").getJsonObject(0).getInteger("fault")).isEqualTo(1);
        assertThat(entries("").getJsonObject(1).getInteger("errcode")).isEqualTo(-1);
        assertThat(entries("").getJsonObject(1).getInteger("fault")).isEqualTo(2);
    }

    @Test
    void aClientThatGoesAwayInTheMiddleIsNotedAndHarmsNobody() {
        RawHttp.breakOff(
                simulator.port(),
                "POST /wxa/sitesearch?access_token=%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{\"k"
                        .formatted(token));

        await().until(() -> !entries("").isEmpty());
        assertThat(errcodes()).containsExactly(47001);
        assertThat(search("{}").json().getInteger("errcode")).isZero();
    }

    @Test
    void tellsALongBodyByItsLength() {
        search("{\"keyword\":\"" + "x".repeat(JournalDraft.LONGEST_BODY) + "\"}");

        assertThat(entries("").getJsonObject(0).getString("note")).isEqualTo("16398 bytes");
        assertThat(entries("").getJsonObject(0).containsKey("body")).isFalse();
    }

    @Test
    void tellsAnUpload() {
        new OpenApiCaller(browser, token)
                .upload(Catalogue.named("search.imageSearch").orElseThrow(), "GIF89a");

        assertThat(entries("").getJsonObject(0).getString("note")).isEqualTo("a file of 6 bytes in the field img");
    }

    @Test
    void isFilteredByApiAppAndBeginning() {
        search("{}");
        clock.advance(Duration.ofMinutes(1));
        browser.get("/wxa/getgrayreleaseplan?access_token=" + Asker.token(browser, NEWS));

        assertThat(entries("?api=search.siteSearch")).hasSize(1);
        assertThat(entries("?api=/wxa/sitesearch")).hasSize(1);
        assertThat(entries("?app=" + NEWS.appid())).hasSize(2);
        assertThat(entries("?app=%s&api=search.siteSearch".formatted(NEWS.appid())))
                .isEmpty();
        assertThat(entries("?since=3")).hasSize(1);
        assertThat(entries("?since=2026-01-01T00:01:00Z")).hasSize(2);
        assertThat(entries("?since=")).hasSize(3);
    }

    @Test
    void tellsTheNewestOrGoesOnFromWhereAReaderWas() {
        for (int i = 0; i < 5; i++) {
            search("{}");
        }

        assertThat(ids("?limit=2")).containsExactly(5, 6);
        assertThat(ids("?limit=2&since=1")).containsExactly(2, 3);
        assertThat(ids("?limit=2&since=3")).containsExactly(4, 5);
        assertThat(ids("?limit=2&since=5")).containsExactly(6);
        assertThat(browser.get("/__sim__/journal?limit=2").json().getInteger("more"))
                .isEqualTo(3);
        for (String wrong : List.of("0", "1001", "-1", "x", "99999999999")) {
            assertThat(browser.get("/__sim__/journal?limit=" + wrong).status()).isEqualTo(400);
        }
    }

    @Test
    void isEmptiedAndGoesOnCounting() {
        search("{}");
        assertThat(browser.send("DELETE", "/__sim__/journal", "").status()).isEqualTo(204);
        assertThat(entries("")).isEmpty();
        search("{}");

        assertThat(entries("").getJsonObject(0).getInteger("id")).isEqualTo(3);
        assertThat(browser.get("/__sim__/journal").json().getInteger("last")).isEqualTo(3);
    }

    @Test
    void forgetsTheOldest() {
        Journal journal = new Journal();
        Incoming call = new Incoming("GET", "/" + "x".repeat(1023), Map.of(), Buffer.buffer(), List.of());
        for (int i = 0; i <= Journal.MOST_ENTRIES; i++) {
            journal.add(JournalDraft.of(call, Outcome.denied(WeChatError.INVALID_URL), "rid", clock.instant()));
        }

        Journal.Contents contents = journal.contents(entry -> true);
        assertThat(contents.lastId()).isEqualTo(20_001);
        assertThat(contents.entries().size() + contents.forgotten()).isEqualTo(20_001);
        assertThat(contents.entries().getFirst().id()).isEqualTo(contents.forgotten() + 1);
        assertThat(contents.entries().size() * 1024L)
                .isLessThan(Journal.MOST_CHARACTERS)
                .isGreaterThan(Journal.MOST_CHARACTERS / 2);
    }

    @Test
    void whatWasExpectedPasses() {
        search("{\"keyword\":\"tea\",\"next_page_info\":\"2\"}");
        search("{\"keyword\":\"coffee\"}");

        assertThat(verify("{\"api\":\"search.siteSearch\"}").getBoolean("passed"))
                .isTrue();
        assertThat(verify("{\"api\":\"search.siteSearch\",\"count\":2}").getBoolean("passed"))
                .isTrue();
        JsonObject one = verify(
                "{\"api\":\"/wxa/sitesearch\",\"method\":\"POST\",\"app\":\"%s\",\"errcode\":0,".formatted(SHOP.appid())
                        + "\"body\":{\"keyword\":\"tea\"},\"count\":1}");
        assertThat(one)
                .isEqualTo(new JsonObject()
                        .put("passed", true)
                        .put("found", 1)
                        .put("expected", "exactly 1")
                        .put("forgotten", 0));
        assertThat(verify("{\"body\":{\"keyword\":\"milk\"},\"count\":0}").getBoolean("passed"))
                .isTrue();
        assertThat(verify("{\"body\":{\"keyword\":\"milk\"},\"atMost\":1}").getBoolean("passed"))
                .isTrue();
        assertThat(verify("{\"api\":\"search.siteSearch\",\"since\":2,\"count\":1}")
                        .getBoolean("passed"))
                .isTrue();
        assertThat(verify("{\"query\":{\"access_token\":\"***\"},\"atLeast\":2,\"atMost\":2}")
                        .getBoolean("passed"))
                .isTrue();
    }

    @Test
    void whatDidNotComeIsToldWithWhatCameNearest() {
        search("{\"keyword\":\"tea\",\"filter\":{\"price\":[1,5]}}");
        browser.get("/wxa/getgrayreleaseplan?access_token=" + token);

        JsonObject failed = verify(
                "{\"api\":\"search.siteSearch\",\"body\":{\"keyword\":\"tea\",\"filter\":{\"price\":[1,6],\"size\":2}}}");

        assertThat(failed.getBoolean("passed")).isFalse();
        assertThat(failed.getInteger("found")).isZero();
        assertThat(failed.getString("expected")).isEqualTo("at least 1");
        assertThat(failed.getJsonArray("nearestMisses")).hasSize(2);
        JsonObject nearest = failed.getJsonArray("nearestMisses").getJsonObject(0);
        assertThat(nearest.getJsonObject("entry").getString("api")).isEqualTo("search.siteSearch");
        assertThat(nearest.getJsonArray("differences"))
                .containsExactlyInAnyOrder(
                        new JsonObject()
                                .put("field", "body.filter.price[1]")
                                .put("expected", 6)
                                .put("found", 5),
                        new JsonObject()
                                .put("field", "body.filter.size")
                                .put("expected", 2)
                                .putNull("found"));
    }

    @Test
    void whatCameTooOftenIsTold() {
        search("{\"keyword\":\"tea\"}");

        JsonObject failed = verify("{\"api\":\"search.siteSearch\",\"count\":0}");

        assertThat(failed.getBoolean("passed")).isFalse();
        assertThat(failed.getInteger("found")).isEqualTo(1);
        assertThat(failed.getJsonArray("matches")
                        .getJsonObject(0)
                        .getJsonObject("body")
                        .getString("keyword"))
                .isEqualTo("tea");
        assertThat(failed.getJsonArray("nearestMisses")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"body\":{\"n\":1.0}} | true",
                "{\"body\":{\"n\":1}} | true",
                "{\"body\":{\"n\":\"1\"}} | false",
                "{\"body\":{\"list\":[{\"a\":1},2]}} | true",
                "{\"body\":{\"list\":[{\"a\":1}]}} | false",
                "{\"body\":{\"list\":{}}} | false",
                "{\"body\":{\"missing\":null}} | true",
                "{\"body\":{\"n\":null}} | false",
                "{\"body\":{}} | true",
                "{\"method\":\"GET\"} | false",
                "{\"errcode\":40001} | false",
            })
    void comparesAsASubset(String expectation, boolean passed) {
        search("{\"n\":1,\"list\":[{\"a\":1,\"b\":2},2]}");

        assertThat(verify(expectation).getBoolean("passed")).isEqualTo(passed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"api\":\"nonsense\"} | api: \"nonsense\" (expected: the name or the path",
                "{\"count\":-1} | count: -1 (expected: 0 or more)",
                "{\"count\":1,\"atLeast\":1} | count: beside atLeast or atMost (expected: either)",
                "{\"atLeast\":2,\"atMost\":1} | atLeast: 2 (expected: at most atMost, which is 1)",
                "{\"body\":\"text\"} | body: text (expected: an object)",
                "{\"errcode\":99999999999} | errcode: 99999999999 (expected: the number of an error",
                "{\"boby\":{}} | unknown field: boby (expected: api, app, atLeast",
            })
    void namesWhatItCannotTake(String body, String message) {
        Browser.Page page = browser.send("POST", "/__sim__/journal/verify", body);

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.error().getString("message")).startsWith(message);
    }

    @Test
    void namesAFilterThatItDoesNotKnow() {
        assertThat(browser.get("/__sim__/journal?path=/x").error().getString("message"))
                .isEqualTo("unknown parameter: path (expected: api, app, limit, since)");
        assertThat(browser.get("/__sim__/journal?since=noon").error().getString("message"))
                .startsWith("since: \"noon\" (expected: the id of an entry, or a time");
        assertThat(browser.get("/__sim__/journal?api=noon").status()).isEqualTo(400);
    }

    @Test
    void anAppAsksWhatBecameOfARequest() {
        String rid = rid(search("nonsense"));

        JsonObject told = askFor(rid, token);

        assertThat(told.getInteger("errcode")).isZero();
        assertThat(told.getJsonObject("request").getString("request_url"))
                .isEqualTo("/wxa/sitesearch?access_token=***");
        assertThat(told.getJsonObject("request").getString("response_body")).contains("47001");
        assertThat(told.getJsonObject("request").getLong("invoke_time"))
                .isEqualTo(clock.instant().getEpochSecond());
        assertThat(askFor("00000000-00000000-00000000", token).getInteger("errcode"))
                .isEqualTo(76001);
        assertThat(askFor(rid, Asker.token(browser, NEWS)).getInteger("errcode"))
                .isEqualTo(76003);
    }

    private JsonObject askFor(String rid, String withToken) {
        return browser.send(
                        "POST", "/cgi-bin/openapi/rid/get?access_token=" + withToken, "{\"rid\":\"%s\"}".formatted(rid))
                .json();
    }

    private static String rid(Browser.Page page) {
        String text = page.json().getString("errmsg");
        return text.substring(text.indexOf("rid: ") + "rid: ".length());
    }

    private Browser.Page search(String body) {
        return browser.send("POST", "/wxa/sitesearch?access_token=" + token, body);
    }

    private JsonObject verify(String expectation) {
        Browser.Page page = browser.send("POST", "/__sim__/journal/verify", expectation);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return page.json();
    }

    private JsonArray entries(String query) {
        return browser.get("/__sim__/journal" + query).json().getJsonArray("entries");
    }

    private List<Integer> ids(String query) {
        return entries(query).stream()
                .map(JsonObject.class::cast)
                .map(entry -> entry.getInteger("id"))
                .toList();
    }

    private List<Integer> errcodes() {
        return entries("").stream()
                .map(JsonObject.class::cast)
                .map(entry -> entry.getInteger("errcode"))
                .toList();
    }
}
