package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInTest extends WeChatTest {
    private static final String ALICE_IN_SHOP = "oNZJTd0lUm5MA6tWHmkE2GXQ7yjE";

    @Test
    void aCodeBecomesAnOpenidAndASessionKey() {
        Browser.Page page = exchange(SHOP, code(SHOP, "alice"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/plain");
        assertThat(page.json().fieldNames()).containsExactlyInAnyOrder("openid", "session_key", "unionid");
        assertThat(Base64.getDecoder().decode(page.json().getString("session_key")))
                .hasSize(16);
    }

    @Test
    void anAppOutsideTheOpenPlatformGetsNoUnionid() {
        assertThat(exchange(NEWS, code(NEWS, "alice")).json().fieldNames())
                .containsExactlyInAnyOrder("openid", "session_key");
    }

    @Test
    void theOpenidStaysAndTheSessionKeyChangesFromSignInToSignIn() {
        JsonObject first = exchange(SHOP, code(SHOP, "alice")).json();
        JsonObject second = exchange(SHOP, code(SHOP, "alice")).json();

        assertThat(second.getString("openid")).isEqualTo(first.getString("openid"));
        assertThat(second.getString("unionid")).isEqualTo(first.getString("unionid"));
        assertThat(second.getString("session_key")).isNotEqualTo(first.getString("session_key"));
    }

    @Test
    void theOpenidIsTheSameOnEveryMachine() {
        assertThat(exchange(SHOP, code(SHOP, "alice")).json().getString("openid"))
                .isEqualTo(ALICE_IN_SHOP);
    }

    @Test
    void aCodeIsGoodOnce() {
        String code = code(SHOP, "alice");
        exchange(SHOP, code);

        assertError(exchange(SHOP, code), 40163, "code been used");
        assertError(exchange(SHOP, code), 40163, "code been used");
    }

    @Test
    void aUsedCodeIsStillCalledUsedAfterItsFiveMinutes() {
        String code = code(SHOP, "alice");
        exchange(SHOP, code);
        clock.advance(Duration.ofMinutes(6));

        assertError(exchange(SHOP, code), 40163, "code been used");
    }

    @Test
    void aCodeIsGoodUntilFiveMinutesHavePassed() {
        String code = code(SHOP, "alice");
        clock.advance(Duration.ofMinutes(5).minusMillis(1));

        assertThat(exchange(SHOP, code).json().getString("openid")).startsWith("o");
    }

    @Test
    void aCodeExpiresAfterFiveMinutes() {
        String code = code(SHOP, "alice");
        clock.advance(Duration.ofMinutes(5));

        assertError(exchange(SHOP, code), 40029, "invalid code");
    }

    @Test
    void aForgottenCodeIsInvalid() {
        String code = code(SHOP, "alice");
        exchange(SHOP, code);
        clock.advance(Duration.ofDays(2));
        String fresh = code(SHOP, "alice");

        assertError(exchange(SHOP, code), 40029, "invalid code");
        assertThat(exchange(SHOP, fresh).json().containsKey("openid")).isTrue();
    }

    @Test
    void aCodeOfAnotherAppIsInvalidAndIsNotUsedUp() {
        String code = code(SHOP, "alice");

        assertError(exchange(NEWS, code), 40029, "invalid code");
        assertThat(exchange(SHOP, code).json().containsKey("openid")).isTrue();
    }

    @Test
    void aWrongSecretDoesNotUseUpTheCode() {
        String code = code(SHOP, "alice");
        exchange(App.miniProgram(SHOP.appid(), "wrong"), code);

        assertThat(exchange(SHOP, code).json().containsKey("openid")).isTrue();
    }

    @Test
    void aCodeOfARemovedUserIsInvalid() {
        String code = code(SHOP, "bob");
        browser.send("DELETE", "/__sim__/users/bob", "");

        assertError(exchange(SHOP, code), 40029, "invalid code");
    }

    @Test
    void ofManyExchangesAtTheSameTimeExactlyOneWins() throws Exception {
        String code = code(SHOP, "alice");

        List<JsonObject> answers = inParallel(100, code);

        assertThat(answers.stream().filter(answer -> answer.containsKey("openid")))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> Integer.valueOf(40163).equals(answer.getInteger("errcode"))))
                .hasSize(99);
    }

    @Test
    void codesAreLikeWeChatsAndNeverTheSame() {
        Set<String> codes = new HashSet<>();
        IntStream.range(0, 50).forEach(i -> codes.add(code(SHOP, "alice")));

        assertThat(codes).hasSize(50).allMatch(code -> code.matches("sim[0-9A-Za-z]{29}"));
    }

    @Test
    void aSecretMayHoldAnyCharacter() {
        App odd = App.miniProgram("wx5555555555555555", "a+b&c=d %/密");
        simulator.seed(List.of(odd), List.of());

        assertThat(exchange(odd, code(odd, "alice")).json().containsKey("openid"))
                .isTrue();
    }

    @Test
    void codesAreCaseSensitive() {
        String code = code(SHOP, "alice");

        assertError(exchange(SHOP, code.toUpperCase(Locale.ROOT)), 40029, "invalid code");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 41002, appid missing",
        "appid=wx1111111111111111, 41004, appsecret missing",
        "appid=wx1111111111111111&secret=shop-secret, 41008, missing code",
        "appid=wx1111111111111111&secret=&js_code=c, 41004, appsecret missing",
        "appid=wx1111111111111111&secret=shop-secret&js_code=c, 40002, invalid grant_type",
        "appid=wx1111111111111111&secret=shop-secret&js_code=c&grant_type=client_credential, 40002, invalid grant_type",
        "appid=wx9999999999999999&secret=s&js_code=c&grant_type=authorization_code, 40013, invalid appid",
        "appid=wx1111111111111111&secret=s&js_code=c&grant_type=authorization_code, 40125, invalid appsecret",
        "appid=wx1111111111111111&secret=shop-secret&js_code=c&grant_type=authorization_code, 40029, invalid code",
    })
    void aFlawedRequestHasWeChatsError(String query, int errcode, String text) {
        assertError(browser.get("/sns/jscode2session?" + query), errcode, text);
    }

    @Test
    void onlyGetIsAnswered() {
        assertError(browser.send("POST", "/sns/jscode2session", "appid=wx1"), 43001, "require GET method");
    }

    private static void assertError(Browser.Page page, int errcode, String text) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/plain");
        assertThat(page.json().fieldNames()).containsExactlyInAnyOrder("errcode", "errmsg");
        assertThat(page.json().getInteger("errcode")).isEqualTo(errcode);
        assertThat(page.json().getString("errmsg")).matches(text + ", rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}");
    }

    private List<JsonObject> inParallel(int times, String code) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(IntStream.range(0, times)
                            .mapToObj(i -> (Callable<JsonObject>)
                                    () -> exchange(SHOP, code).json())
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }
}
