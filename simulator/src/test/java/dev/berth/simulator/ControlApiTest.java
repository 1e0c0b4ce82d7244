package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlApiTest extends WeChatTest {
    @Test
    void makesACodeAndSaysHowLongItIsGood() {
        JsonObject answer = browser.send(
                        "POST", "/__sim__/codes", "{\"appid\":\"wx1111111111111111\",\"user\":\"alice\"}")
                .json();

        assertThat(answer.getString("code")).hasSize(32);
        assertThat(answer.getInteger("expiresIn")).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain"})
    void readsJsonWhateverItIsCalled(String contentType) {
        String body = "{\"appid\":\"wx1111111111111111\",\"user\":\"alice\"}";

        assertThat(browser.send("POST", "/__sim__/codes", body, "Content-Type", contentType)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aCodeForAnUnknownUserIsRefusedWithTheKnownOnes() {
        Browser.Page page =
                browser.send("POST", "/__sim__/codes", "{\"appid\":\"wx1111111111111111\",\"user\":\"carol\"}");

        assertRefused(page, 404, "USER_UNKNOWN");
        assertThat(page.error().getString("message")).isEqualTo("There is no user \"carol\" (known: alice, bob)");
    }

    @Test
    void aCodeForAnUnknownAppIsRefusedWithTheKnownOnes() {
        Browser.Page page = browser.send("POST", "/__sim__/codes", "{\"appid\":\"wx3\",\"user\":\"alice\"}");

        assertRefused(page, 404, "APP_UNKNOWN");
        assertThat(page.error().getString("message"))
                .isEqualTo("There is no app \"wx3\" (known: wx1111111111111111, wx2222222222222222)");
    }

    @Test
    void listsUsersWithTheirOpenids() {
        JsonObject users = browser.get("/__sim__/users").json();

        assertThat(users.getJsonArray("users")).hasSize(2);
        JsonObject alice = users.getJsonArray("users").getJsonObject(0);
        assertThat(alice.getString("name")).isEqualTo("alice");
        assertThat(alice.getString("unionid")).isEqualTo(Identity.unionid("alice"));
        assertThat(alice.getJsonObject("openids").getString(SHOP.appid()))
                .isEqualTo(exchange(SHOP, code(SHOP, "alice")).json().getString("openid"));
        assertThat(alice.getJsonObject("openids").fieldNames()).containsExactly(SHOP.appid(), NEWS.appid());
    }

    @Test
    void addsShowsAndRemovesAUser() {
        Browser.Page added = browser.send(
                "POST", "/__sim__/users", "{\"name\":\"carol\",\"nickname\":\"卡萝\",\"phone\":\"13800138000\"}");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().getString("nickname")).isEqualTo("卡萝");
        assertThat(browser.get("/__sim__/users/carol").json()).isEqualTo(added.json());
        assertThat(exchange(SHOP, code(SHOP, "carol")).json().containsKey("openid"))
                .isTrue();
        assertThat(browser.send("DELETE", "/__sim__/users/carol", "").status()).isEqualTo(204);
        assertRefused(browser.get("/__sim__/users/carol"), 404, "USER_UNKNOWN");
        assertRefused(browser.send("DELETE", "/__sim__/users/carol", ""), 404, "USER_UNKNOWN");
    }

    @Test
    void aNameIsTakenOnce() {
        assertRefused(browser.send("POST", "/__sim__/users", "{\"name\":\"alice\"}"), 409, "USER_TAKEN");
    }

    @Test
    void putsListsAndShowsAppsWithoutTheirSecrets() {
        Browser.Page put = browser.send(
                "PUT", "/__sim__/apps/wx3333333333333333", "{\"secret\":\"s3\",\"kind\":\"OFFICIAL_ACCOUNT\"}");

        JsonObject expected = new JsonObject()
                .put("appid", "wx3333333333333333")
                .put("kind", "OFFICIAL_ACCOUNT")
                .put("unionid", true);
        assertThat(put.json()).isEqualTo(expected);
        assertThat(browser.get("/__sim__/apps/wx3333333333333333").json()).isEqualTo(expected);
        assertThat(browser.get("/__sim__/apps").json().getJsonArray("apps"))
                .hasSize(3)
                .contains(expected);
        assertRefused(browser.get("/__sim__/apps/wx4"), 404, "APP_UNKNOWN");
    }

    @Test
    void puttingAnAppAgainChangesItsSecretAndKeepsItsCodes() {
        String code = code(SHOP, "alice");
        browser.send("PUT", "/__sim__/apps/" + SHOP.appid(), "{\"secret\":\"new\",\"unionid\":false}");

        assertThat(exchange(SHOP, code).json().getInteger("errcode")).isEqualTo(40125);
        assertThat(exchange(App.miniProgram(SHOP.appid(), "new"), code).json().fieldNames())
                .containsExactlyInAnyOrder("openid", "session_key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | users | {\"name\":\"Alice\"} | name: \"Alice\" (expected: a lower-case letter",
                "POST | users | {\"name\":\"\"} | name: \"\" (expected",
                "POST | users | {\"name\":7} | name: 7 (expected: a string)",
                "POST | users | {} | name: missing (expected: a string)",
                "POST | users | {\"name\":\"c\",\"phone\":\"12ab\"} | phone: \"12ab\" (expected: 5 to 20 digits",
                "POST | users | {\"name\":\"c\",\"nick\":\"C\"} | unknown field: nick (expected: name, nickname, phone)",
                "POST | codes | {\"user\":\"alice\"} | appid: missing (expected: a string)",
                "PUT | apps/foo | {\"secret\":\"s\"} | appid: \"foo\" (expected: wx and 4 to 30 letters and digits",
                "PUT | apps/wx3333333333333333 | {\"secret\":\"\"} | secret: 0 characters (expected: 1 to 128)",
                "PUT | apps/wx3333333333333333 | {\"secret\":\"s\",\"kind\":\"shop\"} | kind: \"shop\" (expected: one of [MINI_PROGRAM, OFFICIAL_ACCOUNT])",
                "PUT | apps/wx3333333333333333 | {\"secret\":\"s\",\"unionid\":1} | unionid: 1 (expected: true or false)",
            })
    void namesTheOffendingValueAndTheExpectedOne(String method, String path, String body, String message) {
        Browser.Page page = browser.send(method, "/__sim__/" + path, body);

        assertRefused(page, 400, "REQUEST_INVALID");
        assertThat(page.error().getString("message")).startsWith(message);
    }

    @Test
    void aNicknameThatIsTooLongIsRefused() {
        String body = new JsonObject()
                .put("name", "c")
                .put("nickname", "n".repeat(65))
                .encode();

        assertThat(browser.send("POST", "/__sim__/users", body).error().getString("message"))
                .isEqualTo("nickname: 65 characters (expected: at most 64)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "null", "7", "\"text\"", "{\"name\":", "{} {}", "[[[["})
    void aBodyThatIsNotAnObjectIsRefused(String body) {
        assertRefused(browser.send("POST", "/__sim__/users", body), 400, "JSON_INVALID");
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        assertRefused(browser.send("POST", "/__sim__/users", "{\"name\":" + "[".repeat(60_000)), 400, "JSON_INVALID");
    }

    @Test
    void aBodyAboveTheLimitIsRefused() {
        String body = "{\"name\":\"c\",\"nickname\":\"" + "n".repeat(64 * 1024) + "\"}";

        assertRefused(browser.send("POST", "/__sim__/users", body), 413, "BODY_TOO_LARGE");
    }

    @Test
    void listsTheOpenApis() {
        assertThat(browser.get("/__sim__/apis").json().getJsonArray("apis"))
                .hasSizeGreaterThanOrEqualTo(333)
                .contains(new JsonObject()
                        .put("name", "wxacode.get")
                        .put("method", "POST")
                        .put("path", "/wxa/getwxacode"));
    }

    @Test
    void aMissedRouteIsToldWhatThereIs() {
        assertThat(browser.get("/__sim__/nonsense").error().getString("hint"))
                .contains("GET, POST /__sim__/users;", "POST /__sim__/journal/verify", "DELETE, GET /__sim__/faults");
        assertThat(browser.get("/__sim__/codes").error().getString("hint")).isEqualTo("Possible: POST /__sim__/codes");
    }

    @Test
    void unknownPathsAndMethodsAreRefused() {
        assertRefused(browser.get("/__sim__/nonsense"), 404, "PATH_UNKNOWN");
        assertRefused(browser.get("/__sim__/"), 404, "PATH_UNKNOWN");
        assertRefused(browser.get("/__sim__/codes"), 405, "METHOD_NOT_ALLOWED");
        assertRefused(browser.send("PUT", "/__sim__/users/alice", "{}"), 405, "METHOD_NOT_ALLOWED");
    }

    private static void assertRefused(Browser.Page page, int status, String code) {
        assertThat(page.status()).isEqualTo(status);
        assertThat(page.header("content-type")).isEqualTo("application/json");
        assertThat(page.error().getString("code")).isEqualTo(code);
        assertThat(page.error().getString("component")).isEqualTo("simulator");
        assertThat(page.error().getString("message")).isNotBlank();
        assertThat(page.error().getString("hint")).isNotBlank();
    }
}
