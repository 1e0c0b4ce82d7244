package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults on demand, seen by a client. */
class FaultTest extends WeChatTest {
    private static final String SEARCH = "{\"keyword\":\"k\"}";

    private String token = "";

    @BeforeEach
    void askForAToken() {
        token = Asker.token(browser, SHOP);
    }

    @Test
    void anErrorHasWeChatsTextAndARid() {
        set("{\"api\":\"search.siteSearch\",\"errcode\":45009}");

        JsonObject answer = search();

        assertThat(answer.getInteger("errcode")).isEqualTo(45009);
        assertThat(answer.getString("errmsg"))
                .matches("reach max api daily quota limit rid: [0-9a-f]{8}(-[0-9a-f]{8}){2}");
    }

    @Test
    void anErrorMayHaveATextOfItsOwn() {
        set("{\"errcode\":-1,\"errmsg\":\"system busy\"}");

        assertThat(search().getString("errmsg")).startsWith("system busy rid: ");
    }

    @Test
    void itStrikesAsOftenAsItIsTold() {
        set("{\"api\":\"/wxa/sitesearch\",\"count\":2,\"errcode\":-1}");

        assertThat(List.of(errcode(), errcode(), errcode())).containsExactly(-1, -1, 0);
        assertThat(browser.get("/__sim__/faults/1").json().getInteger("struck")).isEqualTo(2);
    }

    @Test
    void otherApisAreLeftAlone() {
        set("{\"api\":\"search.siteSearch\",\"errcode\":-1}");

        assertThat(browser.get("/wxa/getgrayreleaseplan?access_token=" + token)
                        .json()
                        .getInteger("errcode"))
                .isZero();
    }

    @Test
    void otherAppsAreLeftAlone() {
        set("{\"app\":\"%s\",\"errcode\":-1}".formatted(NEWS.appid()));

        assertThat(errcode()).isZero();
        assertThatThrownBy(() -> Asker.token(browser, NEWS)).hasMessageContaining("system error");
    }

    @Test
    void otherUsersAreLeftAlone() {
        set("{\"user\":\"bob\",\"errcode\":43101}");

        assertThat(riskOf("alice")).isZero();
        assertThat(riskOf("bob")).isEqualTo(43101);
        String bobs = code(SHOP, "bob");
        assertThat(exchange(SHOP, code(SHOP, "alice")).json().containsKey("openid"))
                .isTrue();
        assertThat(exchange(SHOP, bobs).json().getInteger("errcode")).isEqualTo(43101);
    }

    @Test
    void aUserMayBeNamedByOpenid() {
        set("{\"user\":\"%s\",\"errcode\":43101}".formatted(Identity.openid(SHOP.appid(), "bob")));

        assertThat(riskOf("bob")).isEqualTo(43101);
        assertThat(riskOf("alice")).isZero();
    }

    @Test
    void aUserIsKnownByTheCodeOfAPhoneNumber() {
        simulator.seed(List.of(), List.of(new User("carol", Optional.empty(), Optional.of("13800138000"))));
        set("{\"user\":\"carol\",\"count\":1,\"errcode\":-1}");
        JsonObject press =
                new JsonObject().put("appid", SHOP.appid()).put("user", "carol").put("kind", "phoneNumber");
        String code = browser.send("POST", "/__sim__/open-data", press.encode())
                .json()
                .getString("code");
        AppServer server = new AppServer(browser, SHOP);

        assertThat(server.errcode("/wxa/business/getuserphonenumber", JsonObject.of("code", "another")))
                .isEqualTo(40029);
        assertThat(server.errcode("/wxa/business/getuserphonenumber", JsonObject.of("code", code)))
                .isEqualTo(-1);
        assertThat(server.errcode("/wxa/business/getuserphonenumber", JsonObject.of("code", code)))
                .isZero();
    }

    @Test
    void aStruckCodeIsNotUsedUp() {
        set("{\"api\":\"auth.code2Session\",\"count\":1,\"errcode\":-1}");
        String code = code(SHOP, "alice");

        assertThat(exchange(SHOP, code).json().getString("errmsg")).startsWith("system error, rid: ");
        assertThat(exchange(SHOP, code).json().containsKey("openid")).isTrue();
    }

    @Test
    void aTokenCountsAsExpired() {
        set("{\"expiredToken\":true,\"count\":1}");

        assertThat(search().getString("errmsg")).startsWith("access_token expired rid: ");
        assertThat(errcode()).isZero();
    }

    @Test
    void anAnswerIsLate() {
        set("{\"delay\":\"150ms\",\"count\":1}");
        long start = System.nanoTime();

        assertThat(errcode()).isZero();
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(140));
    }

    @Test
    void aDelayAndAnErrorGoTogether() {
        set("{\"delay\":\"100ms\",\"errcode\":-1}");
        long start = System.nanoTime();

        assertThat(errcode()).isEqualTo(-1);
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(90));
    }

    @Test
    void aStatusComesWithAPageAsOfAProxy() {
        set("{\"status\":502}");

        Browser.Page page = browser.send("POST", "/wxa/sitesearch?access_token=" + token, SEARCH);

        assertThat(page.status()).isEqualTo(502);
        assertThat(page.header("content-type")).isEqualTo("text/html");
        assertThat(page.body()).contains("502");
    }

    @Test
    void theConnectionIsReset() {
        set("{\"reset\":true,\"count\":1}");

        assertThatThrownBy(() -> RawHttp.get(
                        simulator.port(), "/wxa/getgrayreleaseplan?access_token=" + token, "Host: 127.0.0.1"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("reset");
        assertThat(errcode()).isZero();
    }

    @Test
    void aCallWhoseAnswerIsLostWasDone() {
        set("{\"api\":\"auth.code2Session\",\"reset\":true,\"count\":1}");
        String code = code(SHOP, "alice");

        String target = "/sns/jscode2session?appid=%s&secret=%s&js_code=%s&grant_type=authorization_code"
                .formatted(SHOP.appid(), SHOP.secret(), code);
        assertThatThrownBy(() -> RawHttp.get(simulator.port(), target, "Host: 127.0.0.1"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(exchange(SHOP, code).json().getInteger("errcode")).isEqualTo(40163);
    }

    @Test
    void jsonBreaksOffWhileTheLengthIsRight() {
        String whole = raw();
        set("{\"garbage\":\"BROKEN_JSON\"}");
        String broken = raw();

        assertThat(bodyOf(whole)).startsWith(bodyOf(broken));
        assertThat(bodyOf(broken)).hasSize(length(broken)).hasSize(bodyOf(whole).length() / 2);
    }

    @Test
    void theLengthIsWrong() {
        set("{\"garbage\":\"WRONG_LENGTH\"}");
        String answer = raw();

        assertThat(bodyOf(answer)).endsWith("}").hasSize(length(answer) + 10);
    }

    @Test
    void theBodyIsCutOff() {
        set("{\"garbage\":\"CUT_OFF\"}");
        String answer = raw();

        assertThat(bodyOf(answer)).hasSize(length(answer) / 2);
        assertThatThrownBy(this::search).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void chanceFollowsTheSeed() {
        List<Integer> first = unluckyRun();
        List<Integer> second = unluckyRun();

        assertThat(second).isEqualTo(first);
        assertThat(first.stream().filter(errcode -> errcode == -1).count()).isBetween(8L, 32L);
    }

    @Test
    void theFirstFaultThatMatchesStrikes() {
        set("{\"api\":\"search.siteSearch\",\"count\":1,\"errcode\":45009}");
        set("{\"errcode\":-1}");

        assertThat(List.of(errcode(), errcode())).containsExactly(45009, -1);
    }

    @Test
    void faultsAreToldAndRemoved() {
        JsonObject set = set(
                "{\"api\":\"search.siteSearch\",\"app\":\"%s\",\"user\":\"bob\",\"count\":3,".formatted(SHOP.appid())
                        + "\"probability\":0.5,\"delay\":{\"median\":\"200ms\",\"sigma\":0.7,\"max\":\"5s\"},\"status\":503}");

        assertThat(set)
                .isEqualTo(new JsonObject()
                        .put("id", 1)
                        .put("api", "/wxa/sitesearch")
                        .put("app", SHOP.appid())
                        .put("user", "bob")
                        .put("count", 3)
                        .put("probability", 0.5)
                        .put(
                                "delay",
                                new JsonObject()
                                        .put("median", "200ms")
                                        .put("sigma", 0.7)
                                        .put("max", "5s"))
                        .put("status", 503)
                        .put("struck", 0));
        assertThat(browser.get("/__sim__/faults").json().getJsonArray("faults")).containsExactly(set);
        assertThat(browser.get("/__sim__/faults/1").json()).isEqualTo(set);
        set("{\"garbage\":\"CUT_OFF\"}");
        assertThat(browser.send("DELETE", "/__sim__/faults/1", "").status()).isEqualTo(204);
        assertThat(browser.send("DELETE", "/__sim__/faults/1", "").error().getString("code"))
                .isEqualTo("FAULT_UNKNOWN");
        assertThat(browser.get("/__sim__/faults").json().getJsonArray("faults")).hasSize(1);
        assertThat(browser.send("DELETE", "/__sim__/faults", "").status()).isEqualTo(204);
        assertThat(errcode()).isZero();
        assertThat(browser.get("/__sim__/faults/nonsense").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | The fault does nothing (expected: delay, errcode",
                "{\"api\":\"nonsense\",\"errcode\":1} | api: \"nonsense\" (expected: the name or the path",
                "{\"app\":\"wx9\",\"errcode\":1} | There is no app \"wx9\"",
                "{\"user\":\"carol\",\"errcode\":1} | There is no user \"carol\"",
                "{\"count\":0,\"errcode\":1} | count: 0 (expected: at least 1)",
                "{\"probability\":0,\"errcode\":1} | probability: 0.0 (expected: above 0 and at most 1)",
                "{\"probability\":1.1,\"errcode\":1} | probability: 1.1 (expected: above 0 and at most 1)",
                "{\"errcode\":0} | errcode: 0 (expected: the number of an error",
                "{\"errcode\":99999999999} | errcode: 99999999999 (expected: the number of an error",
                "{\"errmsg\":\"x\",\"delay\":\"1s\"} | errmsg: without errcode",
                "{\"errcode\":1,\"reset\":true} | errcode, expiredToken, status, reset, garbage: 2 of them",
                "{\"status\":200} | status: 200 (expected: 400 to 599)",
                "{\"garbage\":\"SLIME\"} | garbage: \"SLIME\" (expected: one of [BROKEN_JSON, WRONG_LENGTH, CUT_OFF])",
                "{\"delay\":\"soon\"} | delay: \"soon\" (expected: a number and ms, s, m, h or d",
                "{\"delay\":\"-1s\"} | delay: median -1s, max -1s (expected",
                "{\"delay\":\"11m\"} | delay: median 660s, max 660s (expected",
                "{\"delay\":{\"sigma\":1}} | delay.median: missing",
                "{\"delay\":{\"median\":\"1s\",\"sigma\":-1}} | delay.sigma: -1.0 (expected: 0 to 10)",
                "{\"delay\":{\"median\":\"2s\",\"max\":\"1s\"}} | delay: median 2s, max 1s",
                "{\"delay\":{\"mean\":\"2s\"}} | unknown field: mean (expected: max, median, sigma)",
                "{\"delay\":[],\"errcode\":1} | delay: [] (expected: a string)",
                "{\"reset\":1} | reset: 1 (expected: true or false)",
                "{\"fault\":1} | unknown field: fault",
            })
    void namesWhatItCannotTake(String body, String message) {
        Browser.Page page = browser.send("POST", "/__sim__/faults", body);

        assertThat(page.status()).isIn(400, 404);
        assertThat(page.error().getString("message")).startsWith(message);
        assertThat(browser.get("/__sim__/faults").json().getJsonArray("faults")).isEmpty();
    }

    private List<Integer> unluckyRun() {
        browser.send("DELETE", "/__sim__/faults", "");
        browser.send("PUT", "/__sim__/seed", "{\"seed\":11}");
        set("{\"probability\":0.5,\"errcode\":-1}");
        List<Integer> errcodes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            errcodes.add(errcode());
        }
        return errcodes;
    }

    private String raw() {
        return RawHttp.get(simulator.port(), "/wxa/getgrayreleaseplan?access_token=" + token, "Host: 127.0.0.1");
    }

    private static String bodyOf(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static int length(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
                .findFirst()
                .orElseThrow();
    }

    private int riskOf(String user) {
        String body = "{\"openid\":\"%s\"}".formatted(Identity.openid(SHOP.appid(), user));
        return browser.send("POST", "/wxa/getuserriskrank?access_token=" + token, body)
                .json()
                .getInteger("errcode");
    }

    private int errcode() {
        return search().getInteger("errcode");
    }

    private JsonObject search() {
        return browser.send("POST", "/wxa/sitesearch?access_token=" + token, SEARCH)
                .json();
    }

    private JsonObject set(String body) {
        Browser.Page page = browser.send("POST", "/__sim__/faults", body);
        assertThat(page.status()).as(page.body()).isEqualTo(201);
        return page.json();
    }
}
