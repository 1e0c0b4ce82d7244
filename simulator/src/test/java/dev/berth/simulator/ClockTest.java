package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock, the seed and the fresh start of the control API. */
class ClockTest extends WeChatTest {
    @Test
    void runsWithTheRealTimeAtFirst() {
        assertThat(now()).isEqualTo("2026-01-01T00:00:00Z");
        clock.advance(Duration.ofSeconds(3));
        assertThat(now()).isEqualTo("2026-01-01T00:00:03Z");
        assertThat(browser.get("/__sim__/clock").json().getBoolean("standing")).isFalse();
    }

    @Test
    void standsWhereItIsStopped() {
        JsonObject set = set("{\"now\":\"2030-05-06T07:08:09Z\"}").json();
        clock.advance(Duration.ofHours(1));

        assertThat(set)
                .isEqualTo(new JsonObject().put("now", "2030-05-06T07:08:09Z").put("standing", true));
        assertThat(now()).isEqualTo("2030-05-06T07:08:09Z");
        set("{\"advance\":\"90s\"}");
        assertThat(now()).isEqualTo("2030-05-06T07:09:39Z");
    }

    @Test
    void runsAtADistance() {
        set("{\"offset\":\"-2h\"}");
        clock.advance(Duration.ofMinutes(1));
        assertThat(now()).isEqualTo("2025-12-31T22:01:00Z");

        set("{\"advance\":\"1d\"}");
        assertThat(now()).isEqualTo("2026-01-01T22:01:00Z");

        assertThat(browser.send("DELETE", "/__sim__/clock", "").status()).isEqualTo(204);
        assertThat(now()).isEqualTo("2026-01-01T00:01:00Z");
    }

    @Test
    void codesExpireByIt() {
        String code = code(SHOP, "alice");
        set("{\"advance\":\"5m\"}");

        assertThat(exchange(SHOP, code).json().getInteger("errcode")).isEqualTo(40029);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | now, offset, advance: expected one of them",
                "{\"offset\":\"1s\",\"advance\":\"1s\"} | now, offset, advance: expected one of them",
                "{\"now\":\"yesterday\"} | now: \"yesterday\" (expected: a time such as 2026-01-01T00:00:00Z)",
                "{\"now\":5} | now: 5 (expected: a string)",
                "{\"offset\":\"5 minutes\"} | offset: \"5 minutes\" (expected: a number and ms, s, m, h or d",
                "{\"now\":\"+999999999-01-01T00:00:00Z\"} | The clock cannot show +999999999-01-01T00:00:00Z",
                "{\"offset\":\"999999999d\"} | The clock cannot show",
                "{\"advance\":\"-999999d\"} | The clock cannot show",
                "{\"then\":\"1s\"} | unknown field: then (expected: advance, now, offset)",
            })
    void namesWhatItCannotTake(String body, String message) {
        Browser.Page page = set(body);

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.error().getString("message")).startsWith(message);
        assertThat(now()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void aSeedMustBeAWholeNumber() {
        for (String body : List.of("{}", "{\"seed\":1.5}", "{\"seed\":\"1\"}", "{\"seed\":1e400}")) {
            assertThat(browser.send("PUT", "/__sim__/seed", body).status()).isEqualTo(400);
        }
    }

    @Test
    void theSameSeedAndClockGiveTheSameAnswers() {
        List<String> first = run(42);
        List<String> second = run(42);
        List<String> other = run(43);

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first).hasSameSizeAs(first);
    }

    @Test
    void withoutASeedNothingRepeats() {
        List<String> first = unseededRun();

        assertThat(unseededRun()).doesNotContainAnyElementsOf(first);
    }

    @Test
    void theSeedOfTheOptionsRepeatsAFreshStart() {
        restart(options -> options.withSeed(5));
        browser.send("POST", "/__sim__/reset", "");
        String first = code(SHOP, "alice");
        browser.send("POST", "/__sim__/reset", "");

        assertThat(code(SHOP, "alice")).isEqualTo(first);
    }

    @Test
    void aSeedThatWasUsedBeforeMakesNoCodeTwice() {
        browser.send("PUT", "/__sim__/seed", "{\"seed\":1}");
        String first = code(SHOP, "alice");
        browser.send("PUT", "/__sim__/seed", "{\"seed\":1}");
        String second = code(SHOP, "alice");

        assertThat(second).isNotEqualTo(first);
        assertThat(exchange(SHOP, second).json().containsKey("openid")).isTrue();
        assertThat(exchange(SHOP, first).json().containsKey("openid")).isTrue();
    }

    @Test
    void aFreshStartForgetsStateAndKeepsAppsAndUsers() {
        String token = Asker.token(browser, SHOP);
        String code = code(SHOP, "alice");
        set("{\"offset\":\"1d\"}");

        JsonObject fresh = browser.send("POST", "/__sim__/reset", "").json();

        assertThat(fresh.getString("now")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(exchange(SHOP, code).json().getInteger("errcode")).isEqualTo(40029);
        assertThat(browser.get("/wxa/getnearbypoilist?access_token=" + token)
                        .json()
                        .getInteger("errcode"))
                .isEqualTo(40001);
        assertThat(browser.get("/__sim__/users").json().getJsonArray("users")).hasSize(2);
        assertThat(browser.get("/__sim__/apps").json().getJsonArray("apps")).hasSize(2);
    }

    private List<String> run(int seed) {
        browser.send("POST", "/__sim__/reset", "");
        browser.send("PUT", "/__sim__/seed", "{\"seed\":%d}".formatted(seed));
        set("{\"now\":\"2026-03-04T05:06:07Z\"}");
        return calls();
    }

    private List<String> unseededRun() {
        browser.send("POST", "/__sim__/reset", "");
        return calls();
    }

    private List<String> calls() {
        List<String> answers = new ArrayList<>();
        String code = code(SHOP, "alice");
        answers.add(code);
        answers.add(exchange(SHOP, code).body());
        answers.add(exchange(SHOP, code).body());
        String token = Asker.token(browser, SHOP);
        answers.add(token);
        answers.add(browser.get("/cgi-bin/ticket/getticket?type=jsapi&access_token=" + token)
                .body());
        answers.add(browser.get("/nonsense").body());
        return answers;
    }

    private Browser.Page set(String body) {
        return browser.send("PUT", "/__sim__/clock", body);
    }

    private String now() {
        return browser.get("/__sim__/clock").json().getString("now");
    }
}
