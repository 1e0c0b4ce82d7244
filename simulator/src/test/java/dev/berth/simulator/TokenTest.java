package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access tokens and tickets (OA-49). */
class TokenTest extends WeChatTest {
    private static final String ASK =
            "/cgi-bin/token?grant_type=client_credential&appid=%s&secret=%s".formatted(SHOP.appid(), SHOP.secret());

    @Test
    void aTokenIsGoodForTwoHours() {
        JsonObject given = browser.get(ASK).json();

        assertThat(given.getInteger("expires_in")).isEqualTo(7200);
        String token = given.getString("access_token");
        assertThat(errcodeWith(token)).isZero();
        clock.advance(Duration.ofSeconds(7199));
        assertThat(errcodeWith(token)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(errcodeWith(token)).isEqualTo(42001);
    }

    @Test
    void eachAskingMakesTheEarlierTokenInvalidAfterFiveMinutes() {
        String first = browser.get(ASK).json().getString("access_token");
        String second = browser.get(ASK).json().getString("access_token");

        assertThat(second).isNotEqualTo(first);
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(errcodeWith(first)).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(errcodeWith(first)).isEqualTo(40001);
        assertThat(errcodeWith(second)).isZero();
    }

    @Test
    void theStableTokenStaysTheSameUntilFiveMinutesBeforeItsEnd() {
        JsonObject first = stable(false);
        clock.advance(Duration.ofMinutes(115).minusSeconds(1));
        JsonObject same = stable(false);
        clock.advance(Duration.ofSeconds(1));
        JsonObject next = stable(false);

        assertThat(first.getInteger("expires_in")).isEqualTo(7200);
        assertThat(same.getString("access_token")).isEqualTo(first.getString("access_token"));
        assertThat(same.getInteger("expires_in")).isEqualTo(301);
        assertThat(next.getString("access_token")).isNotEqualTo(first.getString("access_token"));
        assertThat(errcodeWith(first.getString("access_token"))).isZero();
        assertThat(errcodeWith(next.getString("access_token"))).isZero();
    }

    @Test
    void forcingANewStableTokenEndsTheOldOneAtOnce() {
        String first = stable(false).getString("access_token");
        clock.advance(Duration.ofSeconds(30));
        String second = stable(true).getString("access_token");

        assertThat(second).isNotEqualTo(first);
        assertThat(errcodeWith(first)).isEqualTo(40001);
        assertThat(errcodeWith(second)).isZero();
    }

    @Test
    void forcingTwiceWithinThirtySecondsGivesTheSameToken() {
        String first = stable(true).getString("access_token");
        clock.advance(Duration.ofSeconds(29));

        assertThat(stable(true).getString("access_token")).isEqualTo(first);
    }

    @Test
    void aStableTokenIsForcedTwentyTimesADay() {
        for (int i = 0; i < 20; i++) {
            assertThat(stable(true).containsKey("access_token")).isTrue();
            clock.advance(Duration.ofSeconds(30));
        }

        assertThat(stable(true).getInteger("errcode")).isEqualTo(45009);
        assertThat(stable(false).containsKey("access_token")).isTrue();
        clock.advance(Duration.ofDays(1));
        assertThat(stable(true).containsKey("access_token")).isTrue();
    }

    @Test
    void theTwoKindsOfTokenLeaveEachOtherAlone() {
        String stable = stable(false).getString("access_token");
        browser.get(ASK);
        clock.advance(Duration.ofMinutes(6));

        assertThat(errcodeWith(stable)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "client_credential, wx9999999999999999, shop-secret, 40013, invalid appid",
        "client_credential, wx1111111111111111, wrong, 40125, invalid appsecret",
        "authorization_code, wx1111111111111111, shop-secret, 40002, invalid grant_type",
        "client_credential, '', shop-secret, 41002, appid missing",
        "client_credential, wx1111111111111111, '', 41004, appsecret missing",
    })
    void wrongCredentialsHaveWeChatsErrors(String grant, String appid, String secret, int errcode, String text) {
        Browser.Page token =
                browser.get("/cgi-bin/token?grant_type=%s&appid=%s&secret=%s".formatted(grant, appid, secret));
        JsonObject body =
                new JsonObject().put("grant_type", grant).put("appid", appid).put("secret", secret);
        Browser.Page stable = browser.send("POST", "/cgi-bin/stable_token", body.encode());

        for (Browser.Page page : new Browser.Page[] {token, stable}) {
            assertThat(page.json().getInteger("errcode")).isEqualTo(errcode);
            assertThat(page.json().getString("errmsg")).matches(text + " rid: [0-9a-f]{8}(-[0-9a-f]{8}){2}");
        }
    }

    @Test
    void manyAskersAtOnceGetOneStableToken() throws Exception {
        List<Callable<String>> askers = Collections.nCopies(200, () -> Asker.token(browser, SHOP));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(askers).stream().map(Future::resultNow).distinct())
                    .hasSize(1);
        }

        assertThat(browser.get("/__sim__/apps/%s/token-requests".formatted(SHOP.appid()))
                        .json()
                        .getInteger("stableToken"))
                .isEqualTo(200);
    }

    @Test
    void tokensOutliveARestart() {
        String token = browser.get(ASK).json().getString("access_token");
        String stable = stable(false).getString("access_token");
        restart(UnaryOperator.identity());

        assertThat(errcodeWith(token)).isZero();
        assertThat(stable(false).getString("access_token")).isEqualTo(stable);
    }

    @Test
    void aTicketStaysTheSameUntilItExpires() {
        JsonObject first = ticket("jsapi");
        clock.advance(Duration.ofMinutes(119));
        JsonObject same = ticket("jsapi");
        clock.advance(Duration.ofMinutes(1));
        JsonObject next = ticket("jsapi");

        assertThat(first.getInteger("errcode")).isZero();
        assertThat(first.getInteger("expires_in")).isEqualTo(7200);
        assertThat(same.getString("ticket")).isEqualTo(first.getString("ticket"));
        assertThat(same.getInteger("expires_in")).isEqualTo(60);
        assertThat(next.getString("ticket")).isNotEqualTo(first.getString("ticket"));
        assertThat(ticket("wx_card").getString("ticket")).isNotEqualTo(next.getString("ticket"));
        assertThat(ticket("nonsense").getInteger("errcode")).isEqualTo(40097);
    }

    private JsonObject ticket(String type) {
        String token = stable(false).getString("access_token");
        return browser.get("/cgi-bin/ticket/getticket?type=%s&access_token=%s".formatted(type, token))
                .json();
    }

    private JsonObject stable(boolean force) {
        JsonObject body = new JsonObject()
                .put("grant_type", "client_credential")
                .put("appid", SHOP.appid())
                .put("secret", SHOP.secret())
                .put("force_refresh", force);
        return browser.send("POST", "/cgi-bin/stable_token", body.encode()).json();
    }

    private int errcodeWith(String token) {
        return browser.get("/wxaapi/newtmpl/getcategory?access_token=" + token)
                .json()
                .getInteger("errcode");
    }
}
